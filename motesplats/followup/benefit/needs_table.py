"""How many must reach work, for whom and in how many years; beside it what a report printed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motesplats.followup.benefit.assumptions import YEARS_SHOWN, Assumptions
from motesplats.followup.benefit.calculate import BenefitResult
from motesplats.followup.benefit.display import kronor, money, percent, persons
from motesplats.followup.benefit.left_out import left_out_of_needs
from motesplats.followup.benefit.reported import REPORTED
from motesplats.followup.benefit.result_tables import ResultRow, ResultTable
from motesplats.followup.benefit.wording import WHOSE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PROBABLE_IN = 1  # the place in YEARS_SHOWN of the years for which the probability is told


def needs_table(
    assumed: Assumptions, result: BenefitResult, *, preset: str, more_beyond: list[str]
) -> ResultTable | None:
    """None if there is nobody whose cost and gain are known."""
    if not result.break_evens:
        return None
    years = YEARS_SHOWN[PROBABLE_IN]
    return ResultTable(
        title=_("So many must reach work"),
        header=[
            _("For whom"),
            _("Cost"),
            _("A year's work gives"),
            *(_("In %(years)s years") % {"years": n} if n > 1 else _("In 1 year") for n in YEARS_SHOWN),
            _("Probability, %(years)s years") % {"years": years},
        ],
        rows=list(_rows(result, REPORTED.get(preset, {}))),
        beyond=[*left_out_of_needs(assumed), *more_beyond],
    )


def _rows(result: BenefitResult, reported: Mapping[str, Sequence["StrOrPromise"]]) -> Iterator[ResultRow]:
    for one in result.break_evens:
        label = WHOSE[one.whose]
        found = [persons(need.persons_needed) for need in one.needs]
        yield ResultRow(
            label,
            [
                money(one.cost),
                kronor(one.yearly_value),
                *found,
                percent(one.needs[PROBABLE_IN].probability),
            ],
        )
        if one.whose in reported:
            words = _("%(whose)s, the report says") % {"whose": label}
            yield ResultRow(words, ["", "", *reported[one.whose]], kind="reported")
