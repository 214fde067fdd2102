"""Reads of surveys: which rounds one may answer, and which one may see."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from agencies.models import Role, User
from motesplats.models import Instrument, RoundMarker, SurveyRound

LEADERS = (Role.SECRETARIAT, Role.COORDINATOR, Role.MANAGER)
Audience = Instrument.Audience


def rounds_of(user: User) -> QuerySet[SurveyRound]:
    """The rounds of the user's sites and those of everywhere; the secretariat's are all."""
    rounds = SurveyRound.objects.select_related("instrument", "site")
    if user.role == Role.SECRETARIAT:
        return rounds
    return rounds.filter(Q(site=None) | Q(site__in=user.sites.all()))


def rounds_to_answer(user: User, *, today: date) -> list[SurveyRound]:
    """What the user may answer, or type from paper, today."""
    rounds = rounds_of(user).filter(opens_on__lte=today, closes_on__gte=today, is_imported=False)
    return [one for one in rounds if may_answer(user, one)]


def may_answer(user: User, one: SurveyRound) -> bool:
    """Staff answer for themselves; who leads a site types what newcomers have written on paper."""
    if one.is_imported:
        return False
    if one.instrument.audience == Audience.NEWCOMERS:
        return user.role in LEADERS
    return one.site_id is None or user.role != Role.SECRETARIAT


def answered_by(user: User, rounds: Iterable[SurveyRound]) -> set[int]:
    """The keys of those of the staff's rounds that the user has answered; one query."""
    markers = {marker_of(user, one): one.pk for one in rounds}
    return {
        markers[digest] for digest in RoundMarker.objects.filter(pk__in=markers).values_list("pk", flat=True)
    }


def marker_of(user: User, one: SurveyRound) -> str:
    """A hash of the user and the round with a key of the house: whoever has only the database cannot make it."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"marker of a round", "sha256")
    return hmac.new(key, f"{one.pk} {user.pk}".encode(), hashlib.sha256).hexdigest()
