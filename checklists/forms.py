"""Forms of the checklist and of consent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.fields import DayField
from agencies.refusable import Refusable
from bookings.models import Newcomer
from checklists.models import ConsentEvent, Step, Tick


class TickForm(Refusable):
    """Since when a step is done, and how it ended."""

    done_on = DayField(label=_("Done"))
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{step.key}_%s", **kwargs)
        outcomes = step.outcomes.all()
        self.fields["outcome"].choices = [("", "–"), *((each.code, each.name) for each in outcomes)]
        if not outcomes:
            del self.fields["outcome"]

    @classmethod
    def of(cls, step: Step, tick: Tick | None, **initial: Any) -> "TickForm":
        """The form as the page first shows it."""
        return cls(step=step, initial=initial | ({"done_on": tick.done_on} if tick else {}))


class NoteForm(Refusable):
    """What the party needs or asks before its meetings."""

    text = forms.CharField(
        label=_("Needs and questions"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )


class ReferralForm(Refusable):
    """A joint effort that begins, once its precondition holds."""

    started_on = DayField(label=_("Started"))
    precondition_holds = forms.BooleanField(label=_("This holds, and the person wants it."), required=False)


class PaperForm(Refusable):
    """What one adult said at the desk when the text was read together."""

    adult = forms.ChoiceField(label=_("Adult"), required=False)
    answer = forms.ChoiceField(
        label=_("The person says"),
        required=False,
        choices=ConsentEvent.Kind,
        widget=forms.RadioSelect,
    )
    witness = forms.CharField(label=_("Witness"), required=False)
    interpreter = forms.CharField(
        label=_("Interpreter"),
        required=False,
        help_text=_("Name or number. Children and relatives do not interpret."),
    )
    digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, adults: Sequence[Newcomer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adult"].choices = [
            (str(number), str(adult)) for number, adult in enumerate(adults, start=1)
        ]
