"""Participants as a share of the series that they are compared with, in the months of which both are known."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Site, User
from motesplats.followup.dashboard.overlap import overlap_of
from motesplats.followup.figures.choose import BY_PLACE, Choice, NotCountedSo
from motesplats.followup.figures.read import HIDDEN, NOTHING, Figure, Figures
from motesplats.followup.figures.rows import FigureRow, load
from motesplats.followup.goals.queries import default_series, values_by_site
from motesplats.followup.measures import Kind, Measure

ATTAINMENT = Measure(
    "attainment",
    gettext_lazy("attainment"),
    gettext_lazy(
        "Participants as a part of the default series (see series), of the months of which both are known; "
        "a site's out of the series' number of the site."
    ),
    Kind.SHARE,
)


def attained_rows(choice: Choice, user: User) -> list[FigureRow]:
    """The rows by year, month or site. Raises NotCountedSo for parts, of which the series knows nothing."""
    if choice.only or choice.by not in (*BY_PLACE, ""):
        raise NotCountedSo(_("Attainment is told by year, month and site."))
    series = default_series()
    if series is None:
        return []
    numbers = values_by_site(series.code, choice.period.years)
    figures = _load(choice, user)

    def attained(months: Iterable[date], site: Site | None) -> Figure:
        key = site.pk if site else None
        both = overlap_of(
            months,
            lambda month: figures.of_month("participants", month, site=key),
            lambda month: numbers[month.year].get(key, {}).get(month.month),
        )
        if both.is_hidden:
            return HIDDEN
        share = Decimal(both.people) / both.whole if both.whole else None
        return NOTHING if share is None else Figure(share, both.people, is_reported=True)

    rows = [
        FigureRow(key, _label(choice.by, key, site), attained(months, site))
        for key, months, site in _asked(choice)
    ]
    return [row for row in rows if row.figure != NOTHING]


def _label(by: str, key: str, site: Site | None) -> str:
    """As for every other measure: a site by its name, the whole by none."""
    if by == "site" and site:
        return site.name
    return key if by else ""


def _load(choice: Choice, user: User) -> Figures:
    if choice.by == "site" and choice.site is None:
        return Figures(choice.period, measures=["participants"], monthly=["participants"])
    return load(choice, user)


def _asked(choice: Choice) -> Iterator[tuple[str, list[date], Site | None]]:
    """Each row's key, the months that it is of, and its site."""
    months = choice.period.months
    if choice.by == "month":
        yield from ((f"{month:%Y-%m}", [month], choice.site) for month in months)
    elif choice.by == "year":
        for year in choice.period.years:
            yield str(year), [month for month in months if month.year == year], choice.site
    elif choice.by == "site":
        sites = [choice.site] if choice.site else Site.objects.all()
        yield from ((site.code, months, site) for site in sites)
    else:
        yield "all", months, choice.site
