"""A form that shows a verb's refusal; forms check types, verbs check values."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst

from agencies.refusals import Refusal


def with_capitals(form: forms.Form) -> None:
    """Let each field's label begin with a capital letter, as Django does for a model's fields."""
    for field in form.fields.values():
        field.label = capfirst(field.label or "")


class RefusableForm(forms.Form):
    """A form whose verb may refuse; each message of the refusal is shown beside its field.

    `status` is the HTTP status with which the form's page is rendered: 200, or 422 or the refusal's if it was refused.
    """

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        self.status = 422 if self.is_bound else 200

    def is_accepted(self, verb: Callable[[dict[str, Any]], object]) -> bool:
        """Validate, then call the verb with the cleaned data; False, with errors in the form, if either refuses."""
        if not self.is_valid():
            return False
        try:
            verb(self.cleaned_data)
        except Refusal as refusal:
            self.status = refusal.status
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Refusal) -> None:
        """Add the refusal's messages to their fields; those for fields that the form lacks are shown above it."""
        for name, messages in (refusal.errors or {"": [refusal.message]}).items():
            self.add_error(name if name in self.fields else None, list(messages))

    def see(self, version: int) -> None:
        """After a conflict: what is sent next has seen that version."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        self.data["version"] = version  # type: ignore[index]


class SeenForm(RefusableForm):
    """A form of a page that others may change meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
