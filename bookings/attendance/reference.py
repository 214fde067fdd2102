"""Loads every installation's tracks, attendance rules, orders of agencies and legal bases from agencies/data.

Loading again adds missing tracks and legal bases and changes no row. Attendance rules are loaded only when there are
none: a rule whose dates staff have changed would otherwise be added a second time.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from agencies.codes import met_choices
from agencies.models import Who
from agencies.reference import add_missing, in_languages, read_csv, read_json
from bookings.models import AttendanceRule, LegalBasis, Precedence, Track

WHO_MUST_COME = {
    "all adults": Who.ADULTS,
    "every member in person": Who.EVERYONE,
    "the adults concerned": Who.CONCERNED,
    "the members concerned": Who.CONCERNED,
    "one adult": Who.ONE_ADULT,
}
ORDER = re.compile(r"(?P<all>first)?(?:before (?P<one>\w+))? \((?P<strength>hard|preferred)\)")


@transaction.atomic
def load_rules() -> None:
    """Create what is missing, all or nothing."""
    load_tracks()
    load_attendance()
    load_legal_bases()


def load_tracks() -> None:
    """Create the missing tracks, each with its orders of agencies."""
    made = add_missing(
        Track,
        (
            Track(
                number=int(number),
                summoned_by=row["summoned_by"],
                **in_languages(name=row["name"]),
            )
            for number, row in read_json("tracks.json").items()
        ),
        key="number",
    )
    tracks = {track.number: track for track in made}
    Precedence.objects.bulk_create(
        order for row in read_csv("attendance.csv") for order in _orders(row, tracks)
    )


def load_attendance() -> None:
    """Create the attendance rules if there are none."""
    if AttendanceRule.objects.exists():
        return
    tracks = Track.objects.in_bulk(field_name="number")
    rows = read_csv("attendance.csv")
    rules = AttendanceRule.objects.bulk_create(map(_rule, rows))
    through = AttendanceRule.tracks.through
    through.objects.bulk_create(
        through(attendancerule=rule, track=tracks[number])
        for rule, row in zip(rules, rows, strict=True)
        for number in _numbers(row["tracks"])
    )


def load_legal_bases() -> None:
    """Create the missing legal bases."""
    tracks = Track.objects.in_bulk(field_name="number")
    add_missing(
        LegalBasis,
        (
            LegalBasis(
                code=row["code"],
                paragraph=row["paragraph"],
                default_track=tracks[int(row["default_track"])],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=_date(row["valid_to"]),
                **in_languages(meaning={"sv": row["meaning_sv"], "en": row["meaning_en"]}),
            )
            for row in read_csv("legal_bases.csv")
        ),
        key="code",
    )


def _rule(row: dict[str, str]) -> AttendanceRule:
    concerns = AttendanceRule.Concerns
    return AttendanceRule(
        agency_code=row["agency"],
        concerns=concerns.PARTY if row["concerns"] == "the party" else concerns.MEMBERS,
        min_age=_whole(row["min_age"]),
        max_age=_whole(row["max_age"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_date(row["valid_to"]),
        is_default=row["default"] == "on",
        may_be_switched=row["may_be_switched"] == "yes",
        who=WHO_MUST_COME[row["who_must_come"]],
    )


def _orders(row: dict[str, str], tracks: dict[int, Track]) -> Iterator[Precedence]:
    order = ORDER.fullmatch(row["order"])
    if not order or not tracks:
        return
    afters = (
        [code for code, _name in met_choices() if code != row["agency"]] if order["all"] else [order["one"]]
    )
    for number in _numbers(row["tracks"]):
        for after in afters if number in tracks else ():
            yield Precedence(
                track=tracks[number],
                before=row["agency"],
                after=after,
                is_hard=order["strength"] == "hard",
            )


def _numbers(tracks: str) -> list[int]:
    return [int(number) for number in tracks.split(";")]


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None
