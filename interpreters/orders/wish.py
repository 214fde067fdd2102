"""What an order asks for, and whether the agreement, the day and the interpreter allow it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Agency, SiteDay
from agencies.refusals import Refusal
from agencies.spoken import interpreted_as, spoken_languages
from interpreters.agreements.queries import is_valid, prices_of
from interpreters.models import Agreement, Form, Interpreter, InterpreterOrder

OVERLAP = "order_of_an_interpreter_never_overlaps"


class OrderNotUsable(Refusal):
    """Something of the order cannot be; `errors` says which field."""

    kind = "order-not-usable"


class InterpreterIsOrdered(Refusal):
    """Another order has the interpreter for a part of those hours."""

    kind = "interpreter-is-ordered"
    status = 409
    field = "interpreter"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; `level` empty: the lowest that the agreement has a price for."""

    site_day: SiteDay
    language: str
    form: Form
    starts_at: datetime
    ends_at: datetime
    level: str = ""
    sex: str = ""
    interpreter: Interpreter | None = None
    travel_minutes: int = 0
    travel_km: int = 0


def wish_of(order: InterpreterOrder) -> Wish:
    """The same again, of whomever the other supplier sends."""
    return Wish(
        site_day=order.site_day,
        language=order.language,
        form=Form(order.form),
        starts_at=order.starts_at,
        ends_at=order.ends_at,
        level=order.level,
        sex=order.sex,
    )


def checked_wish(agreement: Agreement, agency: Agency, wish: Wish, *, at: datetime) -> Wish:
    """The wish with its level. Raises OrderNotUsable."""
    day = wish.site_day.date
    if agency not in agreement.agencies.all():
        raise unusable("agency", _("This agreement is not that agency's."))
    if not is_valid(agreement, day):
        raise unusable("agreement", _("This agreement is not valid on that day."))
    if wish.language not in spoken_languages():
        raise unusable("language", _("Write one of the three-letter codes of ISO 639-3."))
    _check_hours(wish, at=at)
    levels = list(prices_of(agreement, day, form=wish.form))
    if not levels:
        raise unusable("form", _("This agreement has no price for that form."))
    if wish.level and wish.level not in levels:
        raise unusable("level", _("This agreement has no price for that level."))
    if wish.interpreter:
        check_interpreter(wish.interpreter, wish)
    return replace(wish, level=wish.level or levels[0])


def _check_hours(wish: Wish, *, at: datetime) -> None:
    if wish.starts_at >= wish.ends_at:
        raise unusable("ends", _("An order starts before it ends."))
    if not wish.site_day.opens_at <= wish.starts_at < wish.ends_at <= wish.site_day.closes_at:
        opens, closes = (
            f"{local(moment):%H:%M}" for moment in (wish.site_day.opens_at, wish.site_day.closes_at)
        )
        raise unusable(
            "starts", _("That day is open from %(opens)s to %(closes)s.") % {"opens": opens, "closes": closes}
        )
    if wish.ends_at <= at:
        raise unusable("date", _("Those hours are over."))


def check_interpreter(interpreter: Interpreter, wish: Wish) -> None:
    masters = set(interpreter.masteries.values_list("language", flat=True))
    if not masters & set(interpreted_as(wish.language)):
        raise unusable("interpreter", _("That interpreter does not interpret the language."))
    if wish.sex and interpreter.sex != wish.sex:
        raise unusable("interpreter", _("That interpreter is not of the sex that is asked for."))
    if not interpreter.sites.filter(pk=wish.site_day.location.site_id).exists():
        raise unusable("interpreter", _("That interpreter is not in this site's pool."))


def unusable(field: str, message: str) -> OrderNotUsable:
    return OrderNotUsable(message, errors={field: [message]})
