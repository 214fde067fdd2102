"""The form of all assumptions: it reads an address, a saved calculation and what was typed alike."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from agencies.validators import validate_plain
from agencies.web.forms import RefusableForm
from motesplats.followup.benefit.assumptions import EFFECT, KRONOR, NUMBERS, PIECES, Assumptions, NumberLimit
from motesplats.followup.benefit.check import nonsense_in
from motesplats.followup.benefit.number_field import AssumedNumberField
from motesplats.followup.benefit.presets import PRESETS
from motesplats.followup.benefit.reading import assumptions_from, lines_in, typed_from
from motesplats.followup.benefit.wording import (
    COST_KINDS,
    COST_PARTS,
    EFFECTS,
    NONSENSE,
    NUMBER_LABELS,
    ORIGIN,
    STAKEHOLDERS,
)

MOST = {"source": 120, "dated": 20}  # letters


def validate_lines(text: str) -> None:
    """Refuse hidden characters in any line."""
    for line in text.splitlines():
        validate_plain(line)


class OriginField(forms.CharField):
    """A source, which may be shown in several lines, or a time; without line breaks."""

    def __init__(self, part: str) -> None:
        widget = forms.Textarea({"rows": 1}) if part == "source" else forms.TextInput()
        super().__init__(required=False, max_length=MOST[part], widget=widget, validators=[validate_plain])
        self.widget.attrs["autocomplete"] = "off"

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class BenefitForm(RefusableForm):
    """The fields `cost0_kind` ..., `municipality_transfer` ... and those of NUMBERS, each with source and date."""

    title = forms.CharField(label=_("Name"), max_length=80, required=False, validators=[validate_plain])
    beyond = forms.CharField(
        label=_("What else is not reckoned in"),
        required=False,
        max_length=600,
        validators=[validate_lines],
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One thing on each line; it is printed under the results."),
    )
    preset = forms.ChoiceField(
        required=False, choices=[("", ""), *((code, code) for code in PRESETS)], widget=forms.HiddenInput
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.lines = lines_in(data or {})
        for n, line in enumerate(self.lines, start=1):
            self._add_cost(line, gettext("Cost %(number)s") % {"number": n})
        for one, label in STAKEHOLDERS.items():
            for part, words in EFFECTS.items():
                self._add_number(f"{one}_{part}", EFFECT, f"{label}, {words}")
            self._add_origin(one.value, label)
        for name, limit in NUMBERS.items():
            self._add_number(name, limit, NUMBER_LABELS[name])
            self._add_origin(name, NUMBER_LABELS[name])

    def _add_cost(self, line: str, about: str) -> None:
        kinds = [("", "–"), *((kind.value, label) for kind, label in COST_KINDS.items())]
        payers = [
            ("", pgettext("a figure", "open")),
            *((one.value, label) for one, label in STAKEHOLDERS.items()),
        ]
        fields = {
            "kind": forms.ChoiceField(choices=kinds, required=False),
            "by": forms.ChoiceField(choices=payers, required=False),
            "number": AssumedNumberField(PIECES),
            "price": AssumedNumberField(KRONOR),
        }
        for part, field in fields.items():
            self._add(f"{line}_{part}", field, f"{about}, {COST_PARTS[part]}")
        self._add_origin(line, about)

    def _add_number(self, name: str, limit: NumberLimit, label: Any) -> None:
        self._add(name, AssumedNumberField(limit), label)

    def _add_origin(self, name: str, about: Any) -> None:
        for part, words in ORIGIN.items():
            self._add(f"{name}_{part}", OriginField(part), f"{about}, {words}")

    def _add(self, name: str, field: forms.Field, label: Any) -> None:
        field.label = label
        field.widget.attrs["aria-label"] = label
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        for line in self.lines:
            parts = [found.get(f"{line}_{part}") for part in (*COST_PARTS, *ORIGIN)]
            if any(part not in (None, "") for part in parts):
                self._require(f"{line}_kind", gettext("Say what it is."))
                self._require(f"{line}_price", gettext("Write what it costs."))
        if not self.errors:
            for name, what in nonsense_in(self.assumptions()).items():
                self.add_error(name if name in self.fields else None, str(NONSENSE[what]))
        return found

    def _require(self, name: str, message: str) -> None:
        """Say what a line that has something else lacks, unless something is wrong with it already."""
        if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
            self.add_error(name, message)

    def assumptions(self) -> Assumptions:
        """Only of a form that is valid, or is being cleaned."""
        return assumptions_from(self.cleaned_data, self.lines)

    def typed(self) -> dict[str, str]:
        """What an address or a saved calculation holds; only of a valid form."""
        return typed_from(self.cleaned_data)
