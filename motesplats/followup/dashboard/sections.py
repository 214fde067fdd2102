"""The tables of the page, each with its picture."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.bars import Month, bars_of
from motesplats.followup.dashboard.look import Look, month_name
from motesplats.followup.dashboard.map import Site as MapSite
from motesplats.followup.dashboard.map import dots_of
from motesplats.followup.dashboard.tables import Cell, Table, TableRow, cell_of, share_cell
from motesplats.followup.dimensions import AGES, MODES, NOTICE, PARTS, REMINDED, SEX_AGE, SEXES, TRACKS
from motesplats.followup.figures.read import NOTHING, Figure
from motesplats.followup.measures import MEASURES

WOMEN, MEN, OLD = ("sex", "F"), ("sex", "M"), ("age", "65+")


def months(look: Look) -> Table:
    """Each month: the people, the share of women, and parties that did not come."""
    part = look.part_of(look.people)
    rows = []
    for month in look.period.months:
        people = look.of_month(look.people, month, part)
        cells = [
            cell_of(people, look.people),
            _women(lambda one, month=month: look.of_month("participants", month, one)),
            cell_of(look.of_month("parties", month), "parties"),
            cell_of(look.of_month("no_show_share", month), "no_show_share"),
        ]
        rows.append((month, people, TableRow(month_name(month, look.period), cells)))
    picture = bars_of(
        [
            Month(
                row.name,
                str(row.cells[1]),
                float(people.value or 0),
                str(row.cells[0]),
                is_hidden=people.is_hidden,
            )
            for _month, people, row in rows
        ]
    )
    return Table(
        "months",
        _("By month"),
        [_("Month"), MEASURES[look.people].name, _("women"), _("parties"), _("did not come")],
        [row for _month, _people, row in rows],
        foot=TableRow(
            _("All"),
            [
                cell_of(look.of(look.people, part), look.people),
                _women(lambda one: look.of("participants", one)),
                cell_of(look.of("parties"), "parties"),
                cell_of(look.of("no_show_share"), "no_show_share"),
            ],
        ),
        picture=picture,
    )


def sites(look: Look) -> Table:
    """Each site, most people first, with the country below."""
    part = look.part_of(look.people)
    found = []
    for site in look.sites:
        people = look.figures.whole(look.people, site=site.pk, part=part)
        found.append((site, people, _site_row(look, site.pk, site.name, people, look.link(site=site.code))))
    found.sort(key=lambda one: (one[1] == NOTHING, one[1].is_hidden, -(one[1].value or 0)))
    picture = dots_of(
        [
            MapSite(
                site.name,
                float(site.latitude),
                float(site.longitude),
                None if people.value is None else float(people.value),
                str(row.cells[0]),
            )
            for site, people, row in found
        ]
    )
    country = look.figures.whole(look.people, part=part)
    return Table(
        "sites",
        _("By site"),
        [
            _("Site"),
            MEASURES[look.people].name,
            _("women"),
            _("65 and older"),
            _("did not come"),
            *(name for code, name in _site_measures() if code in MEASURES),
        ],
        [row for _site, _people, row in found],
        note=_("The dot's area is the number of people. An open ring: hidden, or nothing reported."),
        foot=_site_row(look, None, _("The whole country"), country, ""),
        picture=picture,
    )


def _site_measures() -> list[tuple[str, str]]:
    return [("waiting_minutes", _("waiting")), ("days_to_last_meeting", _("days to last meeting"))]


def _site_row(look: Look, site: int | None, name: str, people: Figure, link: str) -> TableRow:
    def of(measure: str, part: tuple[str, str] = ("", "")) -> Figure:
        return look.figures.whole(measure, site=site, part=part)

    cells = [
        cell_of(people, look.people),
        _women(lambda part: of("participants", part)),
        cell_of(of("participants", OLD), "participants"),
        cell_of(of("no_show_share"), "no_show_share"),
        *(cell_of(of(code), code) for code, _name in _site_measures() if code in MEASURES),
    ]
    return TableRow(name, cells, link)


def _women(of) -> Cell:  # type: ignore[no-untyped-def]  # a figure by its part
    """Women's share of women and men; those of whom it is not stated are left out."""
    women, men = of(WOMEN), of(MEN)
    if women.is_hidden or men.is_hidden:
        return Cell(is_hidden=True)
    both = (women.value or Decimal(0)) + (men.value or Decimal(0))
    return share_cell(women if women.value is not None else Figure(Decimal(0)), Figure(both or None))


def sexes_and_ages(look: Look) -> Table:
    """Women, men and not stated by age."""
    rows = []
    for sex, name in SEXES.items():
        cells = [cell_of(look.of("participants", (SEX_AGE, f"{sex}|{age}")), "participants") for age in AGES]
        rows.append(
            TableRow(str(name), [*cells, cell_of(look.of("participants", ("sex", sex)), "participants")])
        )
    ages = [cell_of(look.of("participants", ("age", age)), "participants") for age in AGES]
    return Table(
        "sex-age",
        _("Sex and age"),
        [_("Sex"), *map(str, AGES.values()), _("All")],
        rows,
        note=_("Of the months that have ended."),
        foot=TableRow(_("All"), [*ages, _sum_of_sexes(look)]),
    )


def _sum_of_sexes(look: Look) -> Cell:
    """Those of whom a sex is written down or not stated, in the months that have ended."""
    figures = [look.of("participants", ("sex", sex)) for sex in SEXES]
    if any(figure.is_hidden for figure in figures):
        return Cell(is_hidden=True)
    return Cell(sum((figure.value for figure in figures if figure.value), Decimal(0)))


def tracks_and_modes(look: Look) -> Table:
    """The people by track and by mode."""
    rows = [
        TableRow(str(name), [cell_of(look.of("participants", (dimension, key)), "participants")])
        for dimension, parts in (("track", TRACKS), ("mode", MODES))
        for key, name in parts.items()
    ]
    return Table(
        "track-mode",
        _("Track and mode"),
        [_("Part"), MEASURES["participants"].name],
        rows,
        note=_(
            "Of the months that have ended. Each person stands once among the tracks and once among the modes."
        ),
    )


def agencies(look: Look) -> Table | None:
    """The agencies beside each other: hours given, persons met and what became of the meetings."""
    measures = [code for code in AGENCY_MEASURES if code in MEASURES]
    codes = look.figures.parts("persons_met", "agency") if measures else []
    if not codes:
        return None
    rows = [
        TableRow(code, [cell_of(look.of(measure, ("agency", code)), measure) for measure in measures])
        for code in codes
    ]
    return Table(
        "agencies",
        _("The agencies beside each other"),
        [_("Agency"), *(MEASURES[measure].name for measure in measures)],
        rows,
        note=_(
            "Hours that were given, people who were met. Who is needed by fewer meets fewer: it is no ranking."
        ),
    )


AGENCY_MEASURES = ("hours_given", "persons_met", "agency_no_shows", "idle_share", "consent_share")


def no_shows(look: Look) -> Table:
    """How many did not come, by how long before they knew, by reminder and by language."""
    rows = [
        TableRow(name, [cell_of(figure, "no_show_share")])
        for name, figure in _no_show_figures(look)
        if figure != NOTHING
    ]
    return Table(
        "no-shows",
        _("Who did not come"),
        [_("Part"), MEASURES["no_show_share"].name],
        rows,
        foot=TableRow(_("All"), [cell_of(look.of("no_show_share"), "no_show_share")]),
    )


def _no_show_figures(look: Look) -> Iterator[tuple[str, Figure]]:
    for dimension, parts in (("notice", NOTICE), ("reminder", REMINDED)):
        for key, name in parts.items():
            yield str(name), look.of("no_show_share", (dimension, key))
    for key in look.figures.parts("no_show_share", "language"):
        yield key, look.of("no_show_share", ("language", key))


def survey(look: Look) -> Table | None:
    """What people answered after the day, from 1 to 4."""
    found = [code for code in SURVEY if code in MEASURES]
    rows = [
        TableRow(str(MEASURES[code].name), [cell_of(look.of(code), code), _number(look.of(code))])
        for code in found
    ]
    return (
        Table(
            "survey",
            _("What people said after the day"),
            [_("Question"), _("1 (no) to 4 (yes)"), _("answers")],
            rows,
        )
        if rows
        else None
    )


SURVEY = ("survey_purpose", "survey_interpreter", "survey_next_step", "survey_in_control")


def _number(figure: Figure) -> Cell:
    if figure.is_hidden:
        return Cell(is_hidden=True)
    return Cell(None if figure.people is None else Decimal(figure.people))


def stops(look: Look) -> Table | None:
    """Where chains stop: why, how many and for how long."""
    if "chains_stopped" not in MEASURES:
        return None
    keys = look.figures.parts("chains_stopped", "why")
    rows = [
        TableRow(
            str(PARTS.get("why", {}).get(key, key)),
            [
                cell_of(look.of("chains_stopped", ("why", key)), "chains_stopped"),
                cell_of(look.of("days_waited", ("why", key)), "days_waited"),
            ],
        )
        for key in keys
    ]
    return (
        Table("stops", _("Where chains stop"), [_("Why"), _("chains"), _("waiting, median")], rows)
        if rows
        else None
    )
