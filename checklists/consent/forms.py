"""The form of a sitting at the desk, where the texts are read aloud and the answers recorded."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.forms import RefusableForm
from bookings.parties.names import full_name
from bookings.summons.adults import adults_by_number
from checklists.consent.questions import ConsentScope, Question
from checklists.consent.sitting import Said

ANSWERS = [("yes", _("yes")), ("no", _("no")), ("", _("not asked"))]


class SittingForm(RefusableForm):
    """Who is here, the witness and the interpreter once; of each question each adult's answer.

    `<question's key>.digest` is that of the text on the page, so that an answer to an outdated text is refused.
    """

    present = forms.MultipleChoiceField(
        label=_("Who is here"), required=False, widget=forms.CheckboxSelectMultiple
    )
    witness = forms.CharField(label=_("Witness"), required=False)
    interpreter = forms.CharField(
        label=_("Interpreter"),
        required=False,
        help_text=_("Name or number. Children and relatives do not interpret."),
    )

    def __init__(self, *args: Any, scope: ConsentScope, **kwargs: Any) -> None:
        adults = adults_by_number(scope.adults)
        alone = {"present": list(adults)} if len(adults) == 1 else {}
        super().__init__(*args, initial=alone, **kwargs)
        self.scope, self.numbers = scope, list(adults)
        names = [(number, full_name(adult, scope.adults)) for number, adult in adults.items()]
        self.fields["present"].choices = names  # type: ignore[attr-defined]
        for question in scope.questions.values():
            self._add(question, dict(names))

    def _add(self, question: Question, names: dict[str, str]) -> None:
        self.fields[f"{question.key}.digest"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=question.digest(*self.scope.languages)
        )
        for number, name in names.items():
            self.fields[f"{question.key}.{number}"] = forms.ChoiceField(
                label=name, choices=ANSWERS, required=False, widget=forms.RadioSelect, initial=""
            )

    def said(self) -> list[Said]:
        """The answers of the form, once it is clean."""
        return list(self._said())

    def _said(self) -> Iterator[Said]:
        for key, question in self.scope.questions.items():
            for number in self.numbers:
                if word := self.cleaned_data[f"{key}.{number}"]:
                    yield Said(question, number, word == "yes", self.cleaned_data[f"{key}.digest"])
