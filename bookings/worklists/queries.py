"""What waits to be done for the viewer's agency at the viewer's sites; each kind one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, F, Func, IntegerField, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from agencies.clock import STOCKHOLM
from agencies.models import Agency, Role, User
from agencies.web.roles import AGENCY_ROLES, has_role
from bookings.extracts.wishes import open_wishes
from bookings.messages.queries import failed_messages
from bookings.models import Chain, Channel, Message, SummonsAnswer, Track, WaitingParty
from bookings.models.expected import at_own_sites
from bookings.replies.handle import open_replies
from bookings.texts.overview import places_to_write
from bookings.waiting.queries import has_offer, on_the_list
from bookings.worklists.counters import KINDS, TaskKind

LETTERS_WAIT = timedelta(days=1)  # before somebody is reminded of them
MOST = 100  # rows of a kind; what is behind them comes when these are done
Kind = SummonsAnswer.Kind
# For the menu of any page: the moment that the walls have been told with their viewer.
VIEWER_MOMENT: Any = Func(function="viewer_moment", output_field=DateTimeField())
VIEWER_DAY: Any = TruncDate(VIEWER_MOMENT, tzinfo=STOCKHOLM)


@dataclass(frozen=True, slots=True)
class Menu:
    """Whether the agency summons in any track, how many tasks wait for the viewer, and what apps above let wait."""

    summons: bool
    tasks: int
    above: Sequence[tuple[TaskKind, int]] = ()

    @property
    def further(self) -> list[tuple[TaskKind, int]]:
        """Tasks of apps above, by kind with their number."""
        return [(kind, number) for kind, number in self.above if number and not kind.is_page]

    @property
    def pages(self) -> list[TaskKind]:
        """What is told quietly just now, and counted nowhere."""
        return [kind for kind, number in self.above if number and kind.is_page]

    @property
    def waiting(self) -> int:
        """All that waits, which is the number beside the menu's *To do*."""
        return self.tasks + sum(number for _kind, number in self.further)


NO_MENU = Menu(False, 0)


class _Number(Subquery):
    """How many rows a query has, as a column of another one."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def open_calls() -> QuerySet[SummonsAnswer]:
    """Wishes to be called, until somebody has: also when the day is over or cancelled; the first given first."""
    return _unsettled(Kind.HELP).filter(party__anonymised_at=None)


def open_wishes_for_time(*, at: datetime) -> QuerySet[SummonsAnswer]:
    """Wishes for another time than a day that is not over, the first given first."""
    wishes = _unsettled(Kind.ANOTHER_TIME)
    return wishes.filter(chain__state=Chain.State.BOOKED, chain__site_day__closes_at__gt=at)


def _unsettled(kind: str) -> QuerySet[SummonsAnswer]:
    here = at_own_sites("chain__site_day__location__site_id")
    found = SummonsAnswer.objects.filter(here, kind=kind, replaced_at=None, settled_at=None)
    return found.order_by("given_at", "pk")


def failed(viewer: User, *, at: datetime) -> QuerySet[Message]:
    """Messages that did not arrive, of days that are still to come."""
    return failed_messages(viewer, at=at)


def late_letters(*, at: datetime) -> QuerySet[Message]:
    """Letters that nobody has posted for a day, of days ahead; for many families there is no other way."""
    return Message.objects.filter(
        at_own_sites("chain__site_day__location__site_id"),
        channel=Channel.LETTER,
        state=Message.State.PLANNED,
        planned_at__lt=at - LETTERS_WAIT,
        chain__site_day__closes_at__gt=at,
    )


def must_move(*, at: datetime) -> QuerySet[Chain]:
    """Booked days that no longer fit their party or place, the next first."""
    return _chains_ahead(at=at).filter(must_move=True)


def unprintable(*, at: datetime) -> QuerySet[Chain]:
    """Days ahead whose letter waits for an address or a telephone that somebody must fill in."""
    place, site, home = "site_day__location__", "site_day__location__site__", "party__municipality__"
    lacks_place = Q(**{f"{place}street": ""}) | Q(**{f"{place}postcode": ""}) | Q(**{f"{place}town": ""})
    at_home = Q(**{f"{home}is_host": True, f"{home}site": F("site_day__location__site")})
    lacks_home = Q(**{f"{home}phone": "", f"{home}email": ""}) & ~at_home
    return _chains_ahead(at=at).filter(lacks_place | Q(**{f"{site}phone": ""}) | lacks_home)


def offered(*, at: datetime) -> QuerySet[WaitingParty]:
    """Waiting parties that a freed day is offered to, the next day first."""
    return _waiting().filter(has_offer(at=at)).order_by("offered_day__date", "pk")


def to_summon_anew(*, at: datetime) -> QuerySet[WaitingParty]:
    """Waiting parties that did not come, without an offer, who has waited longest first."""
    return _without_offer(at=at).filter(why=WaitingParty.Why.MISSED)


def waiting_otherwise(*, at: datetime) -> QuerySet[WaitingParty]:
    """All others on the list: they wait, and nothing is to be done for them now."""
    return _without_offer(at=at).exclude(why=WaitingParty.Why.MISSED)


def menu_of(viewer: User) -> Menu:
    """Whether the viewer's agency summons in any track, and how many tasks wait; one query for every page's menu."""
    if viewer.agency is None:
        return _menu_without_agency(viewer)
    summons = Exists(Track.objects.filter(summoned_by=viewer.agency.code))
    counts = [_Number(rows.order_by().values("pk")) for rows in _tasks(viewer, at=VIEWER_MOMENT)]
    if counts:  # the print queue is one task
        late = late_letters(at=VIEWER_MOMENT).order_by().values("party__owner").distinct()
        counts.append(_Number(late))
    if viewer.role == Role.MANAGER:
        counts += [_Number(places) for places in places_to_write(viewer.agency, on=VIEWER_DAY)]
    asked = Agency.objects.filter(pk=viewer.agency.pk).order_by()
    kinds = _kinds(viewer)
    found, *numbers = asked.values_list(summons, *_numbers(viewer, kinds), *counts).get()
    above = list(zip(kinds, numbers, strict=False))
    return Menu(found, sum(numbers[len(kinds) :]), above)


def _menu_without_agency(viewer: User) -> Menu:
    """What apps above let wait; nothing else waits for whoever has no agency."""
    kinds = _kinds(viewer)
    if not kinds:
        return NO_MENU
    numbers = User.objects.filter(pk=viewer.pk).values_list(*_numbers(viewer, kinds)).get()
    return Menu(False, 0, list(zip(kinds, numbers, strict=True)))


def _kinds(viewer: User) -> list[TaskKind]:
    return [kind for kind in KINDS.values() if has_role(viewer, *kind.roles)]


def _numbers(viewer: User, kinds: Sequence[TaskKind]) -> list[_Number]:
    return [_Number(kind.rows(viewer, VIEWER_DAY).order_by()) for kind in kinds]


def _tasks(viewer: User, *, at: datetime) -> list[QuerySet[Any]]:
    if not has_role(viewer, *AGENCY_ROLES):
        return []
    return [
        open_wishes_for_time(at=at),
        open_calls(),
        open_replies(viewer),
        open_wishes(),
        failed(viewer, at=at),
        must_move(at=at),
        unprintable(at=at),
        offered(at=at),
        to_summon_anew(at=at),
    ]


def _chains_ahead(*, at: datetime) -> QuerySet[Chain]:
    here = at_own_sites("site_day__location__site_id")
    found = Chain.objects.filter(here, state=Chain.State.BOOKED, site_day__closes_at__gt=at)
    return found.order_by("site_day__date", "pk")


def _without_offer(*, at: datetime) -> QuerySet[WaitingParty]:
    return _waiting().filter(Q(offered_day=None) | ~has_offer(at=at)).order_by("since", "pk")


def _waiting() -> QuerySet[WaitingParty]:
    return on_the_list().filter(at_own_sites("site_id"))
