"""Forms of the checklist read types; what a value may be is the verbs' to say, and lands beside its field."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.refusals import Refusal
from bookings.models import Newcomer
from checklists.models import ConsentEvent, Step, Tick


class Refusable(forms.Form):
    """A form that takes a verb's refusal and shows each message where it belongs."""

    status = 422

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def is_accepted(self, verb: Callable[[dict[str, Any]], object]) -> bool:
        """Whether what was typed can be read and the verb takes it; otherwise the form says why not."""
        if not self.is_valid():
            return False
        try:
            verb(self.cleaned_data)
        except Refusal as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Refusal) -> None:
        self.status = refusal.status
        for name, messages in (refusal.errors or {"": [refusal.message]}).items():
            self.add_error(name if name in self.fields else None, list(messages))


class DayField(forms.DateField):
    """A date typed in digits, the same way in every language."""

    widget = forms.DateInput(
        format="%Y-%m-%d",
        attrs={"autocomplete": "off", "inputmode": "numeric", "placeholder": _("yyyy-mm-dd")},
    )
    default_error_messages = {"invalid": _("Write the date as yyyy-mm-dd.")}
    input_formats = ["%Y-%m-%d"]


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
