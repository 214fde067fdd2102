"""The tables of the page, each with its picture."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.bars import Bars, Month, bars_of
from motesplats.followup.dashboard.compare import SeriesComparison, reached
from motesplats.followup.dashboard.look import Look, month_name
from motesplats.followup.dashboard.map import MapSite, dots_of
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of, share_cell
from motesplats.followup.dimensions import AGES, MODES, NOTICE, PARTS, REMINDED, SEXES, TRACKS
from motesplats.followup.figures.read import NOTHING, Figure, Part
from motesplats.followup.measures import MEASURES


def months(look: Look, comparison: SeriesComparison | None) -> Table:
    """Each month: the people, the share of women, parties that did not come; and what they are compared with."""
    part = look.part_of(look.people)
    found = [(month, look.of_month(look.people, month, part)) for month in look.period.months]
    rows = [
        TableRow(
            month_name(month, look.period),
            [
                cell_of(people, look.people),
                _women(look, partial(look.of_month, "participants", month)),
                cell_of(look.of_month("parties", month), "parties"),
                cell_of(look.of_month("no_show_share", month), "no_show_share"),
                *(_compared(look, comparison, month, people) if comparison else ()),
            ],
        )
        for month, people in found
    ]
    whole = [
        cell_of(look.of(look.people, part), look.people),
        _women(look, partial(look.of, "participants")),
        cell_of(look.of("parties"), "parties"),
        cell_of(look.of("no_show_share"), "no_show_share"),
    ]
    columns = [_("Month"), MEASURES[look.people].name, _("women"), _("parties"), _("did not come")]
    if comparison:
        columns += [comparison.series.name, _("goal"), _("share")]
        whole += _compared_in_all(look, comparison)
    return Table(
        "months",
        _("By month"),
        columns,
        rows,
        foot=TableRow(_("All"), whole),
        picture=_bars(look, comparison, found, rows),
    )


def _compared(look: Look, comparison: SeriesComparison, month: date, people: Figure) -> list[TableCell]:
    """The series' number of the month, the goal, and the share that the people are; in bold where it is reached."""
    value = comparison.of_month(month, look.site)
    if value is None:
        return [TableCell(), TableCell(), TableCell()]
    goal = comparison.goal_of(value.value)
    reached = goal is not None and people.value is not None and people.value >= goal
    share = TableCell(is_hidden=True) if people.is_hidden else TableCell()
    if people.value is not None and value.value:
        share = TableCell(100 * people.value / value.value, unit="%", is_strong=reached)
    return [
        TableCell(Decimal(value.value), is_approximate=value.is_approximate),
        _persons(goal),
        share,
    ]


def _persons(number: int | None) -> TableCell:
    return TableCell(None if number is None else Decimal(number))


def _compared_in_all(look: Look, comparison: SeriesComparison) -> list[TableCell]:
    found = reached(look, comparison)
    if found is None:
        return [TableCell(), TableCell(), TableCell()]
    share = found.attainment.share
    return [
        found.of,
        _persons(found.goal),
        TableCell(share and 100 * share, unit="%" if share else ""),
    ]


def _bars(
    look: Look, comparison: SeriesComparison | None, found: list[tuple[date, Figure]], rows: list[TableRow]
) -> Bars:
    bars = []
    for (month, people), row in zip(found, rows, strict=True):
        value = comparison.of_month(month, look.site) if comparison else None
        goal = comparison.goal_of(value.value) if comparison and value else None
        under = row.cells[-1] if comparison else row.cells[1]
        count = None if people.value is None else float(people.value)
        bars.append(
            Month(
                row.name,
                str(under),
                count,
                str(row.cells[0]),
                goal,
                under.is_strong,
                is_hidden=people.is_hidden,
            )
        )
    return bars_of(bars)


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
            *(name for _code, name in _site_measures()),
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
        _women(look, partial(of, "participants")),
        cell_of(of("participants", look.people_of(age="65+")), "participants"),
        cell_of(of("no_show_share"), "no_show_share"),
        *(cell_of(of(code), code) for code, _name in _site_measures()),
    ]
    return TableRow(name, cells, link)


def _women(look: Look, of: Callable[[Part], Figure]) -> TableCell:
    """Women's share of women and men; those of whom it is not stated are left out."""
    women, men = of(look.people_of(sex="F")), of(look.people_of(sex="M"))
    if women.is_hidden or men.is_hidden:
        return TableCell(is_hidden=True)
    both = (women.value or Decimal(0)) + (men.value or Decimal(0))
    return share_cell(women if women.value is not None else Figure(Decimal(0)), Figure(both or None))


def sexes_and_ages(look: Look) -> Table:
    """Women, men and not stated by age."""
    rows = []
    for sex, name in SEXES.items():
        cells = [_people(look, sex=sex, age=age) for age in AGES]
        rows.append(TableRow(str(name), [*cells, _people(look, sex=sex)]))
    ages = [_people(look, age=age) for age in AGES]
    note = _("Of the months that have ended.")
    if look.part[0] == "track":
        note += " " + _(
            "Older day reports of several tracks are not told within them; their months are hidden."
        )
    return Table(
        "sex-age",
        _("Sex and age"),
        [_("Sex"), *map(str, AGES.values()), _("All")],
        rows,
        note=note,
        foot=TableRow(_("All"), [*ages, _sum_of_sexes(look)]),
    )


def _people(look: Look, **parts: str) -> TableCell:
    return cell_of(look.of("participants", look.people_of(**parts)), "participants")


def _sum_of_sexes(look: Look) -> TableCell:
    """Those of whom a sex is written down or not stated, in the months that have ended."""
    figures = [look.of("participants", look.people_of(sex=sex)) for sex in SEXES]
    if any(figure.is_hidden for figure in figures):
        return TableCell(is_hidden=True)
    return TableCell(sum((figure.value for figure in figures if figure.value), Decimal(0)))


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
    measures = AGENCY_MEASURES
    codes = look.figures.parts("persons_met", "agency")
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


def _number(figure: Figure) -> TableCell:
    if figure.is_hidden:
        return TableCell(is_hidden=True)
    return TableCell(None if figure.people is None else Decimal(figure.people))


def stops(look: Look) -> Table | None:
    """Where chains stop: why, how many and for how long."""
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
