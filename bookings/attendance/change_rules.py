"""Change whom a party meets: a new rule from a day on, which ends the former one; nothing is changed backwards."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import Service, User
from agencies.rules.dated import require_ahead, require_secretariat
from agencies.rules.touched import Touched
from agencies.sites.saving import ValueNotAllowed, check
from bookings.attendance.ahead import chains_ahead
from bookings.models import AttendanceRule, LegalBasis, Track

OLDEST = 120  # years
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewRule:
    """Whether an agency meets parties of these tracks; ages in whole years, inclusive, None for no limit."""

    agency_code: str
    tracks: Collection[Track]
    concerns: str
    min_age: int | None
    max_age: int | None
    is_default: bool
    may_be_switched: bool
    who: str
    valid_from: date


def check_rule(rule: NewRule, *, at: datetime) -> None:
    """Raises ValueNotAllowed."""
    require_ahead(rule.valid_from, at=at)
    if rule.min_age is not None and rule.max_age is not None and rule.min_age > rule.max_age:
        message = _("The ages are the wrong way round.")
        raise ValueNotAllowed(message, errors={"max_age": [message]})


def touched_by(rule: NewRule) -> list[Touched]:
    """Where chains are booked from that day on with somebody of the new rule's ages, or of the former one's."""
    former = _holding(rule).values_list("min_age", "max_age")
    least = [rule.min_age or 0, *(age or 0 for age, _most in former)]
    most = [OLDEST if age is None else age for age in (rule.max_age, *(age for _least, age in former))]
    tracks = [track.number for track in rule.tracks]
    return chains_ahead(first=rule.valid_from, tracks=tracks, least=min(least), most=max(most))


@transaction.atomic
def add_rule(*, rule: NewRule, by: User, at: datetime) -> list[AttendanceRule]:
    """Let the rule hold from its day on, in each track until the next one that is there already.

    What held for these tracks until then ends the day before; for other tracks it goes on. One row for the tracks that
    end on the same day. Raises RulesKeptByOthers and ValueNotAllowed.
    """
    require_secretariat(by)
    check_rule(rule, at=at)
    Service.objects.select_for_update(no_key=True).get(agency_code=rule.agency_code)
    lasts: dict[Track, date | None] = dict.fromkeys(rule.tracks)
    for former in _holding(rule).select_for_update(of=["self"]).prefetch_related("tracks"):
        if former.valid_from > rule.valid_from:
            for track in former.tracks.all():
                if track in lasts:
                    lasts[track] = min(filter(None, [lasts[track], former.valid_from - ONE_DAY]))
        else:
            _give_way(former, rule)
    return [
        _made(rule, [track for track in lasts if lasts[track] == last], last)
        for last in dict.fromkeys(lasts.values())
    ]


def _made(rule: NewRule, tracks: list[Track], last: date | None) -> AttendanceRule:
    """The rule's row for some of its tracks, until the last day."""
    made = AttendanceRule(
        agency_code=rule.agency_code,
        concerns=rule.concerns,
        min_age=rule.min_age,
        max_age=rule.max_age,
        is_default=rule.is_default,
        may_be_switched=rule.may_be_switched,
        who=rule.who,
        valid_from=rule.valid_from,
        valid_to=last,
    )
    check(made)
    made.save()
    made.tracks.set(tracks)
    return made


@transaction.atomic
def add_legal_basis(
    *,
    code: str,
    paragraph: str,
    meaning: dict[str, str],
    track: Track,
    valid_from: date,
    by: User,
    at: datetime,
) -> LegalBasis:
    """Add a section of law from a day on. Raises RulesKeptByOthers and ValueNotAllowed."""
    require_secretariat(by)
    require_ahead(valid_from, at=at)
    basis = LegalBasis(code=code, paragraph=paragraph, default_track=track, valid_from=valid_from, **meaning)
    check(basis)
    basis.save()
    return basis


def _holding(rule: NewRule) -> QuerySet[AttendanceRule]:
    """The agency's rules for one of the tracks that hold on the new rule's day or later."""
    shared = AttendanceRule.tracks.through.objects.filter(track__in=rule.tracks).values("attendancerule")
    return AttendanceRule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=rule.valid_from), agency_code=rule.agency_code, pk__in=shared
    )


def _give_way(former: AttendanceRule, rule: NewRule) -> None:
    """End the former rule for the new one's tracks the day before; for its other tracks its row stays as it is."""
    shared = [track for track in former.tracks.all() if track in rule.tracks]
    others = [track for track in former.tracks.all() if track not in rule.tracks]
    if others:
        former.tracks.set(others)
        former.pk = AttendanceRule.objects.create(**_values_of(former)).pk
        former.tracks.set(shared)
    if former.valid_from < rule.valid_from:
        former.valid_to = rule.valid_from - ONE_DAY
        former.save()
    else:
        former.delete()


def _values_of(rule: AttendanceRule) -> dict[str, Any]:
    """The fields of a rule, without its key and its tracks."""
    return {field.name: getattr(rule, field.name) for field in rule._meta.fields if not field.primary_key}
