"""Forms of the rules of attendance and of legal bases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.codes import met_choices
from agencies.models import Who
from agencies.validators import validate_plain
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from bookings.attendance.change_rules import OLDEST
from bookings.models import AttendanceRule, Track


class RuleForm(RefusableForm):
    """Whom a party meets from a day on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "agency_code": forms.ChoiceField(label=_("agency"), choices=met_choices),
            "tracks": forms.ModelMultipleChoiceField(
                label=_("tracks"),
                queryset=Track.objects.all(),
                widget=forms.CheckboxSelectMultiple,
            ),
            "concerns": forms.ChoiceField(label=_("concerns"), choices=AttendanceRule.Concerns.choices),
            "min_age": forms.IntegerField(
                label=_("from the age of"), required=False, min_value=0, max_value=OLDEST
            ),
            "max_age": forms.IntegerField(
                label=_("up to the age of"), required=False, min_value=0, max_value=OLDEST
            ),
            "who": forms.ChoiceField(label=_("who must come"), choices=Who.choices),
            "is_default": forms.BooleanField(
                label=_("met unless switched off"), required=False, initial=True
            ),
            "may_be_switched": forms.BooleanField(
                label=_("may be switched for a party"), required=False, initial=True
            ),
            "valid_from": DayField(label=_("valid from"), help_text=_("From tomorrow at the earliest.")),
        }


class OrderForm(RefusableForm):
    """Which of two agencies is met first in a track."""

    track: "forms.ModelChoiceField[Track]" = forms.ModelChoiceField(
        label=_("track"), queryset=Track.objects.all()
    )
    before = forms.ChoiceField(label=_("first"), choices=met_choices)
    after = forms.ChoiceField(label=_("then"), choices=met_choices)
    is_hard = forms.BooleanField(label=_("never broken"), required=False)
    valid_from = DayField(label=_("valid from"), help_text=_("From tomorrow at the earliest."))


class LegalBasisForm(RefusableForm):
    """A section of law that makes somebody part of the target group."""

    code = forms.SlugField(label=_("code"), max_length=12)
    paragraph = forms.CharField(label=_("section of the act"), max_length=60, validators=[validate_plain])
    meaning_sv = forms.CharField(label=_("meaning, in Swedish"), max_length=120, validators=[validate_plain])
    meaning_en = forms.CharField(label=_("meaning, in English"), max_length=120, validators=[validate_plain])
    default_track: "forms.ModelChoiceField[Track]" = forms.ModelChoiceField(
        label=_("usual track"), queryset=Track.objects.all()
    )
    valid_from = DayField(label=_("valid from"), help_text=_("From tomorrow at the earliest."))
