"""Forms of a checklist: a tick, the note, a referral."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from checklists.models import Step


class TickForm(RefusableForm):
    """The day on which a step was done, and its outcome if the step has outcomes."""

    done_on = DayField(label=_("Done"))
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    seen = forms.CharField(required=False)  # the version of the tick on the page

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{step.key}_%s", **kwargs)
        outcomes = step.outcomes.all()
        choices = [("", "–"), *((each.code, each.name) for each in outcomes)]
        cast(forms.ChoiceField, self.fields["outcome"]).choices = choices
        if not outcomes:
            del self.fields["outcome"]


class NoteForm(RefusableForm):
    """What the party needs, or asks, before its meetings."""

    text = forms.CharField(
        label=_("Needs and questions"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )
    seen = forms.CharField(required=False)  # the version of the note on the page


class AgencyNoteForm(RefusableForm):
    """What one's own agency notes of the party."""

    text = forms.CharField(
        label=_("Note"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )
    seen = forms.CharField(required=False)  # the version of the note on the page

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="own_note_%s", **kwargs)


class ReferralForm(RefusableForm):
    """The start of a joint effort: the day, and the confirmation that its precondition holds."""

    started_on = DayField(label=_("Started"))
    precondition_holds = forms.BooleanField(label=_("This holds, and the person wants it."), required=False)
