"""Forms of the checklist and of consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from checklists.models import Step, Tick


class TickForm(RefusableForm):
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


class NoteForm(RefusableForm):
    """What the party needs or asks before its meetings."""

    text = forms.CharField(
        label=_("Needs and questions"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )


class ReferralForm(RefusableForm):
    """A joint effort that begins, once its precondition holds."""

    started_on = DayField(label=_("Started"))
    precondition_holds = forms.BooleanField(label=_("This holds, and the person wants it."), required=False)
