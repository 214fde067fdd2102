"""Forms of a manager for the agency's staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Role, Sex, Site, User
from agencies.validators import validate_name, validate_plain
from agencies.web.forms import RefusableForm
from agencies.web.roles import AGENCY_ROLES


class StaffForm(RefusableForm):
    """Name, role and sites of a colleague; offers the sites of the manager `by`."""

    first_name = forms.CharField(label=_("Given name"), max_length=150, validators=[validate_name])
    last_name = forms.CharField(label=_("Family name"), max_length=150, validators=[validate_name])
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", "–"), *Sex.choices])
    email = forms.EmailField(label=_("E-mail"), required=False, validators=[validate_plain])
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in AGENCY_ROLES])
    sites = forms.ModelMultipleChoiceField(
        label=_("Sites"), queryset=Site.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = self.fields["sites"]
        assert isinstance(sites, forms.ModelMultipleChoiceField)
        sites.queryset = by.sites.order_by("name")

    def arguments(self) -> dict[str, Any]:
        """What was typed, as arguments of the verbs of staff."""
        data = self.cleaned_data
        return {
            "name": (data["first_name"], data["last_name"]),
            "sex": data["sex"],
            "email": data["email"],
            "role": Role(data["role"]),
            "sites": data["sites"],
        }


class NewStaffForm(StaffForm):
    """A colleague who is added."""

    field_order = ("username",)

    username = forms.CharField(label=_("User name"), max_length=150, validators=[User.username_validator])

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"username": self.cleaned_data["username"]}
