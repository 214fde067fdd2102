"""An input of a number, as people write it: 1 200 000 and 1,25."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from agencies.web.fields import DASHES, in_latin_digits
from motesplats.followup.benefit.assumptions import NumberLimit
from motesplats.followup.typed_numbers import typed_number

LONGEST = 30


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
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "maxlength": LONGEST})
        super().__init__(required=False, widget=widget, **kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> Decimal | None:
        typed = _plain(value)
        number = typed_number(typed) if len(typed) <= LONGEST else None
        if typed and number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

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
        typed = _plain(value)
        number = typed_number(typed) if len(typed) <= LONGEST else None
        return value if number is None else shown(number)


def _plain(value: Any) -> str:
    return in_latin_digits(str(value or "")).translate(DASHES)


def shown(number: Decimal) -> str:
    """As it stands in an input."""
    exact = number.normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    return number_format(exact, decimal_pos=places, force_grouping=True).replace("\u00a0", " ")
