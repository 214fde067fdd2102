"""What an order asks a supplier for, as a file and on paper; it names no party and no case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.dates import clock
from agencies.languages import LANGUAGES
from agencies.refusals import Refusal
from agencies.spoken import spoken_name
from bookings.interpreting.split import SplitOrder
from bookings.summons.copies import PRESS, PrinterBusy
from bookings.summons.limits import LimitExceeded
from bookings.summons.render import render_document
from interpreters.models import InterpreterOrder
from interpreters.orders.queries import terms_of


class SheetNotPrinted(Refusal):
    """The sheet takes more time or memory than it may."""

    kind = "sheet-not-printed"
    status = 409


def sheet_orders(splits: Sequence[SplitOrder], reference: str = "") -> list[SplitOrder]:
    """Those that stand on the sheet: the one that is named, or all of the day that are still wanted."""
    if reference:
        return [split for split in splits if split.order.reference == reference]
    return [split for split in splits if split.order.state in InterpreterOrder.HELD]


def facts_of(split: SplitOrder, *, at: datetime) -> list[tuple[str, Any]]:
    """What the order says, each with its name; minutes and kilometres as numbers, kronor with a comma."""
    order = split.order
    place, starts, ends = order.site_day.location, local(order.starts_at), local(order.ends_at)
    language = spoken_name(order.language, get_language() or "sv")
    return [
        (_("Order"), order.reference),
        (_("State"), str(order.state_at(at).label)),
        (_("Contract number"), order.agreement.contract_number),
        (_("Supplier"), order.agreement.supplier),
        (_("Ordering agency"), str(order.agency)),
        (_("Date"), f"{starts:%Y-%m-%d}"),
        (_("Starts"), clock(starts)),
        (_("Ends"), clock(ends)),
        (_("Minutes ordered"), order.ordered_minutes),
        (_("Language"), f"{language} ({order.language})"),
        (_("Form"), order.get_form_display()),
        (_("Level"), order.get_level_display()),
        (_("Interpreter of this sex"), order.get_sex_display() if order.sex else ""),
        (_("Interpreter"), str(order.interpreter or "")),
        (_("Site"), str(place.site)),
        (_("Place"), str(place)),
        (_("Address"), ", ".join(filter(None, (place.street, f"{place.postcode} {place.town}".strip())))),
        (_("Travel in minutes"), order.travel_minutes),
        (_("Travel in kilometres"), order.travel_km),
        (_("Price of a started unit, kr"), in_kronor(terms_of(order).unit_ore)),
        (_("Cost, kr"), in_kronor(split.ore)),
    ]


def sheet_rows(splits: Sequence[SplitOrder], *, at: datetime) -> list[list[Any]]:
    """The sheet as rows of a table with the names first."""
    facts = [facts_of(split, at=at) for split in splits]
    return [[name for name, _value in facts[0]]] * bool(facts) + [
        [value for _name, value in row] for row in facts
    ]


def sheet_pdf(splits: Sequence[SplitOrder], *, at: datetime) -> bytes:
    """The sheet as a tagged PDF in the reader's language. Raises PrinterBusy or SheetNotPrinted."""
    context = {
        "sheets": [(split.order, facts_of(split, at=at)) for split in splits],
        "language": LANGUAGES[get_language() or "sv"],
        "at": at,
    }
    if not PRESS.acquire(blocking=False):
        raise PrinterBusy(_("Many letters are being printed just now. Try again in a few seconds."))
    try:
        return render_document("bookings/interpreting/sheet.html", context, sheet="order_sheet.css")
    except LimitExceeded as error:
        raise SheetNotPrinted(_("The sheet could not be printed. Try again later, or one order.")) from error
    finally:
        PRESS.release()


def in_kronor(ore: int) -> str:
    """As a Swedish spreadsheet reads it: 1712,00."""
    return f"{ore // 100},{ore % 100:02}"
