"""Forms read types; what a value may be is the verbs' to say, and lands beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms

from agencies.refusals import Refusal


class RefusableForm(forms.Form):
    """A form that takes a verb's refusal and shows each message where it belongs.

    `status` is the HTTP status of a page that has to show the form (again).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.status = 422 if self.is_bound else 200

    def is_accepted(self, verb: Callable[[dict[str, Any]], object]) -> bool:
        """Whether what was typed can be read and the verb takes it; otherwise the form says why not."""
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
        """Put the messages beside their fields; what has none here stands on top."""
        for name, messages in (refusal.errors or {"": [refusal.message]}).items():
            self.add_error(name if name in self.fields else None, list(messages))
