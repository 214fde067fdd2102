"""Numbers as people write them: 1 200 000 and 1,25."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from agencies.web.fields import DASHES, in_latin_digits
from motesplats.followup.benefit.assumptions import NumberLimit

BLANKS = re.compile(r"[\s\u00a0\u202f']")
WRITTEN = re.compile(r"-?\d{1,15}(?:[.,]\d{1,9})?")


class AssumedNumberField(forms.Field):
    """A number within its limit, or None for what is open; blanks group, comma or point before the decimals."""

    default_error_messages = {
        "invalid": _("Write a number, such as 1 200 000 or 1,25."),
        "least": _("At least %(limit)s."),
        "most": _("At most %(limit)s."),
        "whole": _("Write a whole number."),
        "places": _("At most %(limit)s decimals."),
    }

    def __init__(self, limit: NumberLimit, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "maxlength": 30})
        super().__init__(required=False, widget=widget, **kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> Decimal | None:
        typed = BLANKS.sub("", in_latin_digits(str(value or ""))).translate(DASHES)
        if not typed:
            return None
        if not WRITTEN.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(typed.replace(",", "."))

    def validate(self, value: Decimal | None) -> None:
        if value is None:
            return
        least, most, places = self.limit.least, self.limit.most, self.limit.places
        if value < least or value > most:
            code, bound = ("least", least) if value < least else ("most", most)
            raise ValidationError(self.error_messages[code], code=code, params={"limit": shown(bound)})
        if value != round(value, places):
            code = "places" if places else "whole"
            raise ValidationError(self.error_messages[code], code=code, params={"limit": places})

    def prepare_value(self, value: Any) -> Any:
        """A number in groups and with the reader's comma; whatever else was typed as it was typed."""
        typed = BLANKS.sub("", str(value or "")).translate(DASHES)
        return shown(Decimal(typed.replace(",", "."))) if WRITTEN.fullmatch(typed) else value


def shown(number: Decimal) -> str:
    """As it stands in an input."""
    exact = number.normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    return number_format(exact, decimal_pos=places, force_grouping=True).replace("\u00a0", " ")


def canonical(number: Decimal) -> str:
    """As it stands in an address and in a saved calculation: digits, a point before the decimals."""
    return f"{number.normalize():f}"
