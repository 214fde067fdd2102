"""Figures as they are shown: rounded here and nowhere before, in the reader's number format; what is open says so."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motesplats.followup.benefit.open_sums import Open

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MINUS, THOUSAND, MILLION = "−", 1000, 1_000_000


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure's words, and its number as rounded for them; `number` is None if it is open, or no figure.

    `written`: the number without its sign, as it stands in the words.
    """

    text: str
    number: Decimal | None = None
    is_open: bool = False
    has_unit: bool = False
    written: str = ""

    def __str__(self) -> str:
        return self.text


def rounded(value: Fraction, places: int = 0) -> Decimal:
    """Half is rounded up, away from zero."""
    digits = Decimal(1).scaleb(-places)
    whole, rest = divmod(abs(value) * 10**places, 1)
    found = (Decimal(int(whole) + (rest >= Fraction(1, 2))) * digits).quantize(digits, ROUND_HALF_UP)
    return -found if value < 0 and found else found


def figure(value: Open, *, places: int = 0, sign: bool = False) -> ShownFigure:
    """The number alone, with `sign` also + before what is gained."""
    if value is None:
        return ShownFigure(pgettext("a figure", "open"), is_open=True)
    number = rounded(value, places)
    before = MINUS if number < 0 else "+" if sign and number > 0 else ""
    words = number_format(abs(number), decimal_pos=places, force_grouping=True)
    return ShownFigure(before + words, number, written=words)


def thousands(value: Open, *, sign: bool = False) -> ShownFigure:
    """In whole thousands of kronor, without the unit."""
    return figure(None if value is None else value / THOUSAND, sign=sign)


def with_unit(shown: ShownFigure, pattern: "StrOrPromise", **more: object) -> ShownFigure:
    """The figure in a phrase, unless it is open."""
    if shown.is_open:
        return shown
    return replace(shown, text=str(pattern) % {"number": shown.text, **more}, has_unit=True)


def kronor(value: Open) -> ShownFigure:
    return with_unit(figure(value), _("%(number)s kr"))


def money(value: Open, *, sign: bool = False) -> ShownFigure:
    """In millions with two decimals from a tenth of a million on, below that in whole kronor."""
    if value is None or abs(value) >= MILLION // 10:
        shown = figure(None if value is None else value / MILLION, places=2, sign=sign)
        return with_unit(shown, _("%(number)s mn kr"))
    return with_unit(figure(value, sign=sign), _("%(number)s kr"))


def percent(value: Open) -> ShownFigure:
    shown = figure(None if value is None else value * 100)
    return with_unit(shown, _("%(number)s %%"))


def persons(value: Open) -> ShownFigure:
    return figure(value, places=2)


def plain(value: Fraction | Decimal | None) -> ShownFigure:
    """An assumption: as many decimals as it has, at most four."""
    exact = None if value is None else Fraction(value)
    places = 0 if exact is None else next(n for n in range(5) if n == 4 or (exact * 10**n).denominator == 1)
    return figure(exact, places=places)


def duration(value: Open) -> ShownFigure:
    """Years with two decimals, below one year whole months."""
    if value is not None and value < 1:
        return with_unit(figure(value * 12), _("%(number)s months"))
    return with_unit(figure(value, places=2), _("%(number)s years"))
