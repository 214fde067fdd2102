"""Forms of staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Sex, Site, User
from agencies.staff.manage import OF_AN_AGENCY
from agencies.web.forms import RefusableForm


class StaffForm(RefusableForm):
    """Who somebody is and does, within the agency and the sites of the manager who says so."""

    first_name = forms.CharField(label=_("Given name"), max_length=150)
    last_name = forms.CharField(label=_("Family name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    role = forms.ChoiceField(label=_("Role"))
    sites = forms.ModelMultipleChoiceField(
        label=_("Sites"), queryset=Site.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in OF_AN_AGENCY]
        self.fields["sites"].queryset = by.sites.order_by("name")


class NewStaffForm(StaffForm):
    """A colleague who begins."""

    field_order = ("username", "first_name", "last_name", "sex")

    username = forms.CharField(label=_("User name"), max_length=150, validators=[User.username_validator])
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", "–"), *Sex.choices])
