"""Women, men and not stated by age."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.pictures import bars_beside
from motesplats.followup.dashboard.sections.shares import country, of_divided, sum_of
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of, share_cell
from motesplats.followup.dimensions import AGES, SEXES
from motesplats.followup.figures.read import Figure

Of = Callable[..., Figure]  # by the parts: sex, age or both
EMPTY = TableCell()


def sexes_and_ages(look: Look) -> Table:
    """How many of each, and their shares; a site's beside the country's."""
    of, of_country = partial(_people, look, look.of), partial(_people, look, look.of_country)
    shares = partial(_shares, [(of, _whole(of)), *([(of_country, _whole(of_country))] if look.site else [])])
    rows = [
        TableRow(
            str(name),
            [*(_count(of(sex=sex, age=age)) for age in AGES), _count(of(sex=sex)), *shares(sex=sex)],
        )
        for sex, name in SEXES.items()
    ]
    beside = [EMPTY] * len(shares(sex="F"))
    by_age = zip(*(shares(age=age) for age in AGES), strict=True)
    note = _("Of two months at a time, in the first days of the next one.")
    if look.part[0] == "track":
        note += " " + _(
            "Older day reports of several tracks are not told within them; their months are hidden."
        )
    everybody = _count(sum_of([of(sex=sex) for sex in SEXES]))
    return Table(
        "sex-age",
        _("Sex and age"),
        [_("Sex"), *map(str, AGES.values()), _("All"), _("share"), *country(look)],
        rows,
        note=note,
        picture=bars_beside(_("Sex and age"), _both(rows)),
        feet=[
            TableRow(_("All"), [*(_count(of(age=age)) for age in AGES), everybody, *beside]),
            *(
                TableRow(name, [*cells, EMPTY, *beside])
                for name, cells in zip([_("Share"), _("Share in the whole country")], by_age, strict=False)
            ),
        ],
    )


def _both(rows: list[TableRow]) -> list[TableRow]:
    """Each sex at each age, of which there is anything."""
    both = [
        TableRow(f"{row.name}, {age}", [cell])
        for row in rows
        for age, cell in zip(AGES.values(), row.cells, strict=False)
    ]
    return [row for row in both if row.is_hidden or row.cells[0].value]


def _people(look: Look, of: Of, **parts: str) -> Figure:
    return of("participants", look.people_of(**parts))


def _count(figure: Figure) -> TableCell:
    return cell_of(figure, "participants")


def _whole(of: Of) -> Figure:
    """All of them, by sex or by age."""
    return of_divided([of(sex=sex) for sex in SEXES], [of(age=age) for age in AGES])


def _shares(wholes: list[tuple[Of, Figure]], **parts: str) -> list[TableCell]:
    """Of each whole the share of these parts."""
    return [share_cell(of(**parts), whole) for of, whole in wholes]
