"""The second person, without whom nobody gets a new way in to the account of a manager or of the secretariat."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from agencies.models import AccountEvent, Role, User
from agencies.staff.appoint import BY_TWO

ASKED_FOR = timedelta(days=1)
ASKED, DONE = AccountEvent.Kind.RESET_ASKED, AccountEvent.Kind.RESET
# Whoever has done this to an account may still hold its password link.
LETS_IN = (AccountEvent.Kind.ADDED, AccountEvent.Kind.OPENED, AccountEvent.Kind.RESET)


def decides(by: User) -> bool:
    """Whether somebody may be the second person for every agency's managers and for the secretariat."""
    return by.is_superuser or by.role == Role.SECRETARIAT


def may_decide(by: User, user: User) -> bool:
    """Whether somebody from outside the agency may be the second person for this account."""
    is_reachable = user.role in BY_TWO and not (user.is_superuser or user.is_staff)
    return is_reachable and user != by and decides(by)


def asked_resets(*, at: datetime) -> QuerySet[AccountEvent]:
    """What has been asked for in the last day and neither been done nor been asked for again."""
    later = AccountEvent.objects.filter(user=OuterRef("user"), kind__in=(ASKED, DONE), pk__gt=OuterRef("pk"))
    asked = AccountEvent.objects.filter(kind=ASKED, at__gt=at - ASKED_FOR).exclude(Exists(later))
    return asked.select_related("user__agency", "by")


def is_asked_by_another(user: User, *, by: User, at: datetime) -> bool:
    """Whether somebody else has asked in the last day, who neither let `by` in nor was let in by `by`."""
    asked = AccountEvent.objects.filter(user=user, kind=ASKED, at__gt=at - ASKED_FOR)
    last_done = AccountEvent.objects.filter(user=user, kind=DONE).order_by("-pk").values("pk").first()
    if last_done:
        asked = asked.filter(pk__gt=last_done["pk"])
    askers = set(asked.values_list("by", flat=True)) - {by.pk, user.pk}
    return any(not _are_of_one_hand(asker, by.pk) for asker in askers)


def _are_of_one_hand(one: int, other: int) -> bool:
    return one in _let_in_by(other) or other in _let_in_by(one)


def _let_in_by(person: int) -> set[int]:
    """Everybody whom this person has let in, and whom they have let in."""
    found: set[int] = {person}
    while more := set(
        AccountEvent.objects.filter(by__in=found, kind__in=LETS_IN)
        .exclude(user__in=found)
        .values_list("user", flat=True)
    ):
        found |= more
    return found - {person}
