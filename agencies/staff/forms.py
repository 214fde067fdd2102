"""Forms for the staff whom somebody looks after."""

from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agencies.codes import all_choices
from agencies.models import Agency, Role, Sex, Site, User
from agencies.staff.appoint import roles_to_give, sites_to_give
from agencies.validators import validate_name, validate_plain
from agencies.web.forms import RefusableForm


class StaffForm(RefusableForm):
    """Name, role and sites of a colleague; offers the roles and sites that `by` may give."""

    first_name = forms.CharField(label=_("Given name"), max_length=150, validators=[validate_name])
    last_name = forms.CharField(label=_("Family name"), max_length=150, validators=[validate_name])
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", "–"), *Sex.choices])
    email = forms.EmailField(label=_("E-mail"), required=False, validators=[validate_plain])
    role = forms.ChoiceField(label=_("Role"), choices=())
    sites = forms.ModelMultipleChoiceField(
        label=_("Sites"), queryset=Site.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, sites = self.fields["role"], self.fields["sites"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(sites, forms.ModelMultipleChoiceField)
        role.choices = [(one.value, one.label) for one in roles_to_give(by)]
        sites.queryset = sites_to_give(by).order_by("name")
        sites.required = by.role != Role.SECRETARIAT

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
    """Somebody who is added; the secretariat names the agency, a manager's colleagues are of the manager's."""

    field_order = ("username", "first_name", "last_name", "sex", "email", "role", "agency", "sites")

    username = forms.CharField(label=_("User name"), max_length=150, validators=[User.username_validator])
    agency = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.select_related("municipality").order_by(
            F("municipality__code").asc(nulls_first=True), "pk"
        ),
        required=False,
        help_text=_(
            "Of managers, and of coordinators who belong to one. Hosts and the secretariat have none."
        ),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        if by.role != Role.SECRETARIAT:
            del self.fields["agency"]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return super().arguments() | {"username": data["username"], "agency": data.get("agency")}


class FindStaffForm(forms.Form):
    """By what a list of staff is narrowed; each may be empty."""

    words = forms.CharField(label=_("Name, user name or e-mail"), required=False, max_length=150)
    role = forms.ChoiceField(label=_("Role"), required=False)
    site = forms.ModelChoiceField(
        label=_("Site"), required=False, queryset=Site.objects.none(), to_field_name="code"
    )
    agency = forms.ChoiceField(label=_("Agency"), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        role, site, agency = self.fields["role"], self.fields["site"], self.fields["agency"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(site, forms.ModelChoiceField)
        assert isinstance(agency, forms.ChoiceField)
        role.choices = [("", "–"), *((one.value, one.label) for one in roles_to_give(by))]
        site.queryset = sites_to_give(by).order_by("name")
        if by.role == Role.SECRETARIAT:
            agency.choices = [("", "–"), *all_choices()]
        else:
            del self.fields["agency"]
