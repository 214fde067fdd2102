"""What the LivA report printed, beside what its own numbers make; and the other examples that were published."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from motesplats.followup.benefit.assumptions import Assumptions, CostKind, CostLine
from motesplats.followup.benefit.calculate import BenefitResult, calculate
from motesplats.followup.benefit.display import ShownFigure, kronor, money, percent, persons, with_unit
from motesplats.followup.benefit.payback import SOCIETY
from motesplats.followup.benefit.presets import LIVA
from motesplats.followup.benefit.result_tables import NOTHING_SAID, ResultRow, ResultTable
from motesplats.followup.benefit.stakeholders import Stakeholder

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# By preset and whose: persons needed in 1, 3 and 5 years, and the probability in 3 years; as printed on p. 21-23.
REPORTED: dict[str, dict[str, list["StrOrPromise"]]] = {
    LIVA: {
        SOCIETY: ["5", _("just over 1.5"), NOTHING_SAID, "11 %"],
        Stakeholder.MUNICIPALITY.value: ["12", _("2.5"), NOTHING_SAID, "17 %"],
    }
}
WHY_DIFFERENT: dict[str, "StrOrPromise"] = {
    LIVA: _(
        "The report's 12 persons for the municipality in one year do not follow from its own numbers: "
        "1.2 ÷ 0.175 = 6.9. It rounds on the way; here rounding comes last, hence 16 and not 17 %."
    )
}


def _published(**numbers: int | str) -> BenefitResult:
    cost = numbers.pop("cost", None)
    lines = () if cost is None else (CostLine(CostKind.OTHER, Decimal(cost)),)
    return calculate(Assumptions(lines, numbers={name: Decimal(value) for name, value in numbers.items()}))


def published_examples() -> ResultTable:
    """The published examples, calculated again."""
    return ResultTable(
        title=_("What was published, calculated again"),
        header=[_("Example"), _("Reckoning"), _("Answer"), _("The report says")],
        rows=list(_examples()),
        words=frozenset({1, 2, 3}),
    )


def _examples() -> Iterator[ResultRow]:
    frame: dict[str, int | str] = {
        "cost": 2_200_000,
        "indirect_tax_factor": "1.25",
        "payback_years": 3,
        "participants": 14,
    }
    plain = _published(**frame, yearly_value_per_person=600_000)
    subsidised = _published(**frame, yearly_value_per_person=130_000)
    mixed = _published(
        **frame,
        in_work=1,
        in_work_subsidised=3,
        yearly_value_per_person=600_000,
        yearly_value_subsidised=130_000,
    )
    degree = _published(cost=600_000, indirect_tax_factor=1, value_first_year=120_000)
    cases = _published(cases=1000, value_per_case=27_000)
    a_year = money(plain.need.cost_per_year)
    yield _row(
        _("Cost for society"),
        _("(1.2 + 1.0) × 1.25 million"),
        "%(number)s",
        money(plain.costs.economic_cost),
        _("2.75 million, the factor is implied"),
    )
    yield _row(
        _("All without subsidy, 3 years"),
        f"{a_year} ÷ 600 000",
        _("%(number)s full-time jobs"),
        persons(plain.need.persons_needed),
        _("just over 1.5"),
    )
    yield _row(
        _("All with 80 % wage subsidy, 3 years"),
        f"{a_year} ÷ 130 000",
        _("%(number)s, that is 8 whole persons"),
        persons(subsidised.need.persons_needed),
        _("7: 7 × 130 000 = 0.91 million, 6 667 kr too little"),
    )
    yield _row(
        _("One without subsidy, three with"),
        "600 000 + 3 × 130 000",
        _("%(number)s a year, enough"),
        money(mixed.scenario.yearly_value),
        _("4 persons on p. 22, “two with subsidy” on p. 5 and 23"),
    )
    yield _row(
        _("Need of each participant and year"),
        f"{a_year} ÷ 14",
        _("%(number)s, which is 11 %% of 600 000"),
        kronor(plain.need.per_participant),
        _("66 000: it rounds 0.92 million first"),
    )
    yield _row(
        _("Efficiency degree, appendix 5"),
        "120 000 ÷ 600 000",
        _("%(number)s in twelve months"),
        percent(degree.efficiency_degree),
        "20 %",
    )
    yield _row(
        _("Mötesplatser, the first 1 000"),
        "1 000 × 27 000 kr",
        "%(number)s",
        money(cases.cases_value),
        _("27 million; what the 27 000 kr are made of is not published"),
    )


def _row(
    label: "StrOrPromise",
    reckoning: "StrOrPromise",
    pattern: "StrOrPromise",
    answer: ShownFigure,
    reported: "StrOrPromise",
) -> ResultRow:
    return ResultRow(label, [reckoning, with_unit(answer, pattern), reported])
