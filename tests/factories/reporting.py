"""Tertial reports, rounds of surveys, and the figures that stand beside them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from agencies.models import Site, User
from agencies.secrecy.context import acting_as
from motesplats.followup.surveys.answer import answer_round
from motesplats.followup.surveys.start import start_round
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.write import write_tertial
from motesplats.followup.viewer import FIGURES
from motesplats.models import Instrument, PublishedFigure, SiteFigure, SurveyRound, TertialReport

TEXTS = {
    "adaptations": "Skatteverket före lunch för barnfamiljer.",
    "coordination": "Möte varje fredag.",
    "referrals": "Mest samhällsorientering.",
    "interpreters": "Tigrinja saknades två dagar.",
    "staffing": "Passen räckte.",
}
LAST_SUMMER, THIS_AUTUMN = (
    TertialPeriod(2026, 2),
    TertialPeriod(2026, 3),
)  # ended and running at the tests' moment


def write(
    site: Site, by: User, *, period: TertialPeriod = LAST_SUMMER, seen: int = 0, **changed
) -> TertialReport:
    """The report with a text for each question; inside `with acting(by):`."""
    values: dict[str, Any] = {"texts": TEXTS, "codes": ["H1", "M2"], "at": timezone.now()} | changed
    return write_tertial(site=site, period=period, seen=seen, by=by, **values)


def own_figure(
    site: Site, month: date, measure: str, amount: float, *, over: float = 0, people: int = 20
) -> None:
    """A site's own figure of a month."""
    values = {"amount": Decimal(str(amount)), "over": Decimal(str(over)), "people": people}
    with acting_as(FIGURES):
        SiteFigure.objects.create(site=site, month=month, measure=measure, **values)


def published_figure(site: Site, month: date, measure: str, amount: float | None, *, over: float = 0) -> None:
    """A figure as everybody may read it; None is hidden."""
    numbers = (
        {"is_hidden": True, "amount": None, "over": None, "people": None}
        if amount is None
        else {"amount": Decimal(str(amount)), "over": Decimal(str(over)), "people": 20}
    )
    with acting_as(FIGURES):
        PublishedFigure.objects.create(
            site=site, year=month.year, month=month.month, measure=measure, **numbers
        )


def open_round(by: User, *, site: Site | None = None, instrument: str = "staff", **changed) -> SurveyRound:
    """A round that is open today and tomorrow."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "phase": "once",
        "invited": 10,
        "opens_on": today,
        "closes_on": date(2026, 11, 24),
    } | changed
    return start_round(
        instrument=Instrument.objects.get(pk=instrument), site=site, by=by, at=timezone.now(), **values
    )


def answer(one: SurveyRound, by: User, grades: dict[int, int]) -> None:
    """The grades by the question's number, now."""
    answer_round(round=one, grades=grades, by=by, at=timezone.now())
