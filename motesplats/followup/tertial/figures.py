"""The figures beside each question: the site's own of the tertial, and the middle one of all sites as published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.formats import number_format

from agencies.models import Site
from motesplats.followup.collect import Sums
from motesplats.followup.measures import MEASURES, Kind, Measure, value_of
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.models import PublishedFigure, SiteFigure, TertialReport

Question = TertialReport.Question
# Which measures stand beside which question; those that are not measured yet are left out.
BESIDE: Mapping[str, Sequence[str]] = {
    Question.ADAPTATIONS: ("waiting_minutes", "meetings_per_day", "days"),
    Question.COORDINATION: ("no_show_share", "chains_stopped", "hours_given"),
    Question.REFERRALS: ("referrals",),
    Question.INTERPRETERS: (
        "interpreters_per_chain",
        "paid_per_interpreted_minute",
        "unfilled_orders",
        "on_site_share",
        "interpreting",
    ),
    Question.STAFFING: ("persons_per_staff_hour", "idle_share"),
}
AT_THE_TOP = ("participants", "days_to_last_meeting", "no_show_share", "parties")
LEAST_SITES = 3  # of fewer there is no middle one to speak of
FEW, NOT_KNOWN = "< 6", "–"
NUMBERS = ("amount", "over", "people", "spread", "is_reported")


@dataclass(frozen=True, slots=True)
class FigureBeside:
    """A measure's value in a tertial, and in the one before; None: nothing is known, or `is_hidden`.

    `now`: of a report that is submitted, today's value in words where it is another one.
    """

    measure: Measure
    value: Decimal | None
    before: Decimal | None = None
    country: Decimal | None = None
    is_hidden: bool = False
    is_approximate: bool = False
    now: str = ""

    @property
    def shown(self) -> str:
        return (
            f"ca {shown(self.measure, self.value)}"
            if self.is_approximate
            else shown(self.measure, self.value)
        )

    @property
    def told(self) -> str:
        """The value, or in its place what says that it is hidden or not known."""
        return FEW if self.is_hidden else self.shown or NOT_KNOWN

    @property
    def country_shown(self) -> str:
        return shown(self.measure, self.country)

    @property
    def before_shown(self) -> str:
        return shown(self.measure, self.before)


def shown(measure: Measure, value: Decimal | None) -> str:
    """The value as it is read: a share in per cent, a number in whole, all else with one decimal; "" for none."""
    if value is None:
        return ""
    if measure.kind == Kind.SHARE:
        return f"{number_format(round(value * 100), 0)} %"
    decimals = 0 if measure.kind == Kind.COUNT or value == value.to_integral_value() else 1
    number = number_format(round(value, decimals), decimals, force_grouping=True)
    return f"{number} {measure.unit}".strip()


def figures_of(site: Site, period: TertialPeriod, *, published: bool) -> dict[str, FigureBeside]:
    """Each measure's figure by its code: the site's own, or with `published` as everybody may read it."""
    codes = {code for codes in (AT_THE_TOP, *BESIDE.values()) for code in codes} & MEASURES.keys()
    everybodys = _published(codes, period)
    middle = {code: _middle(everybodys, code) for code in codes}
    hidden: set[str] = set()
    before: dict[str, Sums] = {}
    if published:
        found = {code: sums for (code, key), sums in everybodys.items() if key == site.pk}
        now = {code: sums for code, sums in found.items() if sums}
        hidden = found.keys() - now.keys()
    else:
        now, before = _own(site, codes, period), _own(site, codes, period.previous())
    return {
        code: FigureBeside(
            measure,
            _value(code, now.get(code)),
            before=_value(code, before.get(code)),
            country=middle[code],
            is_hidden=code in hidden,
        )
        for code, measure in MEASURES.items()
        if code in codes
    }


def _own(site: Site, codes: Iterable[str], period: TertialPeriod) -> dict[str, Sums]:
    """The site's own sums, whole."""
    rows = SiteFigure.objects.filter(site=site, month__in=period.months, measure__in=codes, dimension="")
    rows = rows.exclude(amount=None)
    found: dict[str, Sums] = {}
    for measure, *numbers in rows.values_list("measure", *NUMBERS):
        found.setdefault(measure, Sums()).add(_sums(*numbers))
    return found


def _published(codes: Iterable[str], period: TertialPeriod) -> dict[tuple[str, int], Sums | None]:
    """The sums of every site as everybody may read them; None where a month of them is hidden."""
    rows = PublishedFigure.objects.filter(
        year=period.year,
        month__in=[month.month for month in period.months],
        site__isnull=False,
        measure__in=codes,
        dimension="",
    )
    found: dict[tuple[str, int], Sums | None] = {}
    for measure, site, is_hidden, *numbers in rows.values_list("measure", "site", "is_hidden", *NUMBERS):
        sums = found.setdefault((measure, site), Sums())
        if is_hidden:
            found[measure, site] = None
        elif sums is not None:
            sums.add(_sums(*numbers))
    return found


def _middle(everybodys: Mapping[tuple[str, int], Sums | None], code: str) -> Decimal | None:
    """The middle value of the sites that are told; None where they are few."""
    values = [_value(code, sums) for (measure, _site), sums in everybodys.items() if measure == code]
    known = [value for value in values if value is not None]
    return median(known) if len(known) >= LEAST_SITES else None


def _value(code: str, sums: Sums | None) -> Decimal | None:
    if sums is None:
        return None
    return value_of(MEASURES[code], amount=sums.amount, over=sums.over, spread=sums.spread)


def _sums(
    amount: Decimal | None,
    over: Decimal | None,
    people: int | None,
    spread: dict[str, int],
    is_reported: bool,
) -> Sums:
    """What a row holds, as that is added up."""
    return Sums(amount or Decimal(0), over or Decimal(0), people or 0, spread, is_reported)
