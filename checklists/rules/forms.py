"""Forms of the rules of checklists."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.codes import met_choices
from agencies.languages import LANGUAGES, letter_name
from agencies.models import TextState
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm, SeenForm
from agencies.web.language_fields import language_fields
from bookings.models import Disclosure

AHEAD = _("From tomorrow at the earliest.")
OUTCOME_TEXTS = {"name": (_("Name"), 60)}
TEXTS = {
    "name": (_("Name"), 80),
    "purpose": (_("What it is for"), 200),
    "precondition": (_("What must hold first"), 300),
    "started_by": (_("Who starts it"), 120),
}


class OutcomeForm(RefusableForm):
    """A way in which a step may end."""

    code = forms.SlugField(label=_("code"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, (label, longest) in OUTCOME_TEXTS.items():
            self.fields |= language_fields(field, label, longest=longest)
        self.fields["valid_from"] = DayField(label=_("valid from"), help_text=AHEAD)


class ReferralKindForm(RefusableForm):
    """A kind of joint effort, with what must hold first."""

    code = forms.SlugField(label=_("code"), max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starters"] = forms.MultipleChoiceField(
            label=_("agencies that may start it"), choices=met_choices, widget=forms.CheckboxSelectMultiple
        )
        for field, (label, longest) in TEXTS.items():
            self.fields |= language_fields(field, label, longest=longest)
        self.fields["valid_from"] = DayField(label=_("valid from"), help_text=AHEAD)


class PeriodForm(RefusableForm):
    """How long a yes holds after the day."""

    category = forms.ChoiceField(label=_("category"), choices=Disclosure.Category.choices)
    days = forms.IntegerField(label=_("days after the day"), min_value=1, max_value=365)
    valid_from = DayField(label=_("for days from"), help_text=AHEAD)


class TextsForm(SeenForm):
    """The texts of a rule in each language, and whether they are checked; `texts`: label and length of each."""

    def __init__(self, *args: Any, texts: Mapping[str, tuple[Any, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = tuple(texts)
        for field, (label, longest) in texts.items():
            self.fields |= language_fields(field, label, longest=longest)
        for code in LANGUAGES:
            self.fields[f"state_{code}"] = forms.ChoiceField(
                label=_("State in %(language)s") % {"language": letter_name(code, get_language() or "sv")},
                choices=TextState.choices,
            )

    def by_language(self) -> dict[str, list[forms.BoundField]]:
        """For each language its texts and its state."""
        return {code: [self[f"{name}_{code}"] for name in (*self.names, "state")] for code in LANGUAGES}
