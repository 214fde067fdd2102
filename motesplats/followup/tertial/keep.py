"""The figures of a tertial report: kept as they stand when it is submitted, and shown with today's where it differs."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from agencies.models import Site
from motesplats.followup.measures import MEASURES
from motesplats.followup.tertial.figures import NOT_KNOWN, FigureBeside, figures_of
from motesplats.followup.tertial.goal import GOAL_MEASURES, goal_figures
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.models import Goal, TertialFigure, TertialReport

ALL_MEASURES = MEASURES | GOAL_MEASURES
PLACES = Decimal("0.00000001")


def figures_today(
    site: Site, period: TertialPeriod, goal: Goal | None, *, published: bool
) -> dict[str, FigureBeside]:
    """Each figure by its code, the goal's among them: the site's own or, with `published`, as everybody reads it."""
    found = figures_of(site, period, published=published)
    participants = found["participants"].value
    return found | goal_figures(goal, site, period, participants=participants)


def keep_figures(report: TertialReport, period: TertialPeriod, goal: Goal | None) -> None:
    """Write down both, for the site and for everybody else."""
    TertialFigure.objects.bulk_create(
        TertialFigure(
            report=report,
            measure=code,
            is_published=published,
            is_hidden=one.is_hidden,
            is_approximate=one.is_approximate,
            value=_rounded(one.value),
            before=_rounded(one.before),
            country=_rounded(one.country),
        )
        for published in (False, True)
        for code, one in figures_today(report.site, period, goal, published=published).items()
    )


def figures_kept(
    report: TertialReport | None, today: Mapping[str, FigureBeside], *, published: bool
) -> Mapping[str, FigureBeside]:
    """The figures of a submitted report, with today's beside those that have changed; of any other today's."""
    rows = list(report.figures.filter(is_published=published)) if report and report.submitted_at else []
    if not rows:
        return today
    return {row.measure: _beside(row, today.get(row.measure)) for row in rows if row.measure in ALL_MEASURES}


def _beside(row: TertialFigure, today: FigureBeside | None) -> FigureBeside:
    kept = FigureBeside(
        ALL_MEASURES[row.measure],
        row.value,
        before=row.before,
        country=row.country,
        is_hidden=row.is_hidden,
        is_approximate=row.is_approximate,
    )
    now = today.told if today else NOT_KNOWN
    return kept if now == kept.told else replace(kept, now=now)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(PLACES)
