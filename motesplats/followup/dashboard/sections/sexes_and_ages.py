"""Women, men and not stated by age."""

from functools import partial

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.shares import country, of_divided, sum_of
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of, share_cell
from motesplats.followup.dimensions import AGES, SEX_AGE, SEXES
from motesplats.followup.figures.read import Part

NOTHING = TableCell()


def sexes_and_ages(look: Look) -> Table:
    """How many of each, and their shares; a site's beside the country's."""
    of, of_country = partial(look.of, "participants"), partial(look.of_country, "participants")
    whole, whole_country = of_divided(of), of_divided(of_country)

    def count(part: Part) -> TableCell:
        return cell_of(of(part), "participants")

    def shares(part: Part) -> list[TableCell]:
        beside = [share_cell(of_country(part), whole_country)] if look.site else []
        return [share_cell(of(part), whole), *beside]

    rows = [
        TableRow(
            str(name),
            [
                *(count((SEX_AGE, f"{sex}|{age}")) for age in AGES),
                count(("sex", sex)),
                *shares(("sex", sex)),
            ],
        )
        for sex, name in SEXES.items()
    ]
    empty = [NOTHING] * len(shares(("sex", "F")))
    by_age = list(zip(*(shares(("age", age)) for age in AGES), strict=True))
    everybody = cell_of(sum_of(of, "sex"), "participants")
    return Table(
        "sex-age",
        _("Sex and age"),
        [_("Sex"), *map(str, AGES.values()), _("All"), _("share"), *country(look)],
        rows,
        note=_("Of the months that have ended."),
        feet=[
            TableRow(_("All"), [*(count(("age", age)) for age in AGES), everybody, *empty]),
            *(
                TableRow(name, [*cells, NOTHING, *empty])
                for name, cells in zip([_("Share"), _("Share in the whole country")], by_age, strict=False)
            ),
        ],
    )
