"""What the pages of the calculator show: a form with its results, and calculations beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motesplats.followup.benefit.assumed_table import assumed_table
from motesplats.followup.benefit.assumptions import Assumptions
from motesplats.followup.benefit.calculate import BenefitResult, calculate
from motesplats.followup.benefit.cards import cards_of
from motesplats.followup.benefit.display import duration, money, percent, persons, plain
from motesplats.followup.benefit.form_rows import folded_groups
from motesplats.followup.benefit.forms import BenefitForm
from motesplats.followup.benefit.needs_table import needs_table
from motesplats.followup.benefit.pictures import ring_pictures
from motesplats.followup.benefit.presets import LIVA, PRESETS
from motesplats.followup.benefit.reported import WHY_DIFFERENT, published_examples
from motesplats.followup.benefit.result_tables import ResultRow, ResultTable
from motesplats.followup.benefit.scenario_table import scenario_table
from motesplats.followup.benefit.stakes_table import check_in_words, stakes_table
from motesplats.followup.benefit.wording import WHOSE


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A valid form's assumptions and results, and the tables that show them; a table without figures is None."""

    assumed: Assumptions
    result: BenefitResult
    needs: ResultTable | None
    scenario: ResultTable | None
    stakes: ResultTable | None
    published: ResultTable | None

    @property
    def shown(self) -> list[ResultTable]:
        found = (assumed_table(self.assumed), self.needs, self.scenario, self.stakes, self.published)
        return [table for table in found if table]


def reckon(form: BenefitForm) -> Reckoned:
    """The results of a valid form."""
    assumed = form.assumptions()
    result = calculate(assumed)
    preset = form.cleaned_data["preset"]
    more = form.cleaned_data["beyond"].splitlines()
    return Reckoned(
        assumed=assumed,
        result=result,
        needs=needs_table(assumed, result, preset=preset, more_beyond=more),
        scenario=scenario_table(assumed, result),
        stakes=stakes_table(assumed, result),
        published=published_examples() if preset == LIVA else None,
    )


def calculation_context(form: BenefitForm) -> dict[str, Any]:
    """The form in its groups, and the results if it is valid."""
    if not (form.is_bound and form.is_valid()):
        return {"form": form, "groups": list(folded_groups(form)), "reckoned": None, "title": "", "about": ""}
    reckoned = reckon(form)
    preset = form.cleaned_data["preset"]
    check, words = check_in_words(reckoned.result)
    return {
        "form": form,
        "groups": list(folded_groups(form, reckoned.assumed, reckoned.result)),
        "reckoned": reckoned,
        "assumed": assumed_table(reckoned.assumed, known=True),
        "about": PRESETS[preset].about if preset else "",
        "title": form.cleaned_data["title"],
        "cards": cards_of(reckoned.assumed, reckoned.result),
        "pictures": [
            (WHOSE[one.whose], money(one.cost), plain(one.people_in_ring), one)
            for one in ring_pictures(reckoned.assumed, reckoned.result)
        ],
        "people": plain(reckoned.assumed.number("participants")),
        "why_different": WHY_DIFFERENT.get(preset, ""),
        "check": check,
        "check_words": words,
    }


def comparison(named: Sequence[tuple[str, dict[str, str]]]) -> ResultTable:
    """Calculations beside each other; of assumptions that no longer make sense every figure is open."""
    columns = [(str(data.get("title", code)), _column(BenefitForm(data))) for code, data in named]
    labels = [label for label, _shown in _column(BenefitForm({}))]
    return ResultTable(
        title=_("Calculations beside each other"),
        header=[_("Figure"), *(title for title, _figures in columns)],
        rows=[
            ResultRow(label, [figures[place][1] for _title, figures in columns])
            for place, label in enumerate(labels)
        ],
    )


def _column(form: BenefitForm) -> list[tuple[str, Any]]:
    assumed = form.assumptions() if form.is_valid() else Assumptions()
    result = calculate(assumed)
    scenario, need = result.scenario, result.need
    return [
        (_("Cost for society"), money(result.costs.economic_cost)),
        (_("of it given for free"), money(result.costs.free)),
        (_("Participants"), plain(assumed.number("participants"))),
        (_("Horizon, years"), plain(assumed.number("payback_years"))),
        (_("Cost a year"), money(need.cost_per_year)),
        (_("Persons who must reach work"), persons(need.persons_needed)),
        (_("Probability needed of each participant"), percent(need.probability)),
        (_("In the alternative: income"), money(scenario.income)),
        (_("In the alternative: profitability"), money(scenario.profitability, sign=True)),
        (_("In the alternative: payback time"), duration(scenario.payback_years)),
        (_("Potential"), money(scenario.potential, sign=True)),
        (_("Efficiency degree"), percent(result.efficiency_degree)),
        (_("Value of all cases"), money(result.cases_value)),
    ]
