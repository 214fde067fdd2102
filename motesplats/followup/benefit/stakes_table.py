"""Who pays and who gains, by party and for society; costs with a minus, in thousands of kronor."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from motesplats.followup.benefit.assumptions import NOWHERE, Assumptions, Origin
from motesplats.followup.benefit.calculate import BenefitResult
from motesplats.followup.benefit.display import ShownFigure, plain, thousands
from motesplats.followup.benefit.effects import Stake, TransferCheck
from motesplats.followup.benefit.left_out import left_out_of_stakes
from motesplats.followup.benefit.open_sums import Open
from motesplats.followup.benefit.result_tables import NOTHING_SAID, ResultRow, ResultTable
from motesplats.followup.benefit.stakeholders import STATE
from motesplats.followup.benefit.wording import STAKEHOLDERS


def stakes_table(assumed: Assumptions, result: BenefitResult) -> ResultTable | None:
    """None if nothing is known of anybody's cost or income."""
    if not (assumed.costs or assumed.effects):
        return None
    years = plain(assumed.number("payback_years"))
    return ResultTable(
        title=_("By party and for society"),
        header=[
            _("Thousand kronor, %(years)s years") % {"years": years},
            *(_("Cost"), _("Given for free"), _("Money from others"), _("Made or saved"), _("Result")),
            _("Source of the income"),
        ],
        rows=list(_rows(assumed, result)),
        beyond=left_out_of_stakes(result),
        words=frozenset({6}),
    )


def _rows(assumed: Assumptions, result: BenefitResult) -> Iterator[ResultRow]:
    shared = result.shared
    for one, stake in shared.stakes.items():
        source = _source(assumed.effect_on(one).origin)
        yield ResultRow(STAKEHOLDERS[one], [*_cells(stake), source])
        if one is STATE[-1]:
            yield ResultRow(
                _("The state in all, subtotal"),
                [*_cells(shared.state), _("not added again")],
                kind="subtotal",
            )
    undivided = shared.undivided
    yield ResultRow(
        _("Not divided: indirect taxes, and what names nobody"),
        [_cost(undivided.paid), _cost(undivided.free), "", thousands(undivided.real, sign=True), "", ""],
    )
    source = _source(assumed.origins.get("yearly_value_per_person", NOWHERE))
    yield ResultRow(_("Society"), [*_cells(shared.society), source], kind="total")


def _source(origin: Origin) -> str:
    return origin.source or NOTHING_SAID


def _cells(stake: Stake) -> list[ShownFigure]:
    return [
        _cost(stake.paid),
        _cost(stake.free),
        *(thousands(value, sign=True) for value in (stake.transfer, stake.real, stake.result)),
    ]


def _cost(value: Open) -> ShownFigure:
    return thousands(None if value is None else -value)


def check_in_words(result: BenefitResult) -> tuple[TransferCheck, str]:
    """Whether money moved between the parties cancels out, and the sentence that says so."""
    check = result.shared.check
    words = {
        TransferCheck.ZERO: _("Money moved between the parties adds up to 0, as it must."),
        TransferCheck.DIFFERS: _(
            "Money moved between the parties must add up to 0; a year's adds up to %(sum)s kr. Look at it again."
        )
        % {"sum": plain(result.shared.transfers)},
        TransferCheck.OPEN: _(
            "Money moved between the parties cannot be checked while some of it is open. Fill in what is open, and "
            "it is checked that it cancels out. Open means unknown, not 0."
        ),
    }
    return check, words[check]
