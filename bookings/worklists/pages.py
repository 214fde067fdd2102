"""What the page of tasks shows, and what its buttons do."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Min, Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Holiday, Role, TextBlock, TextState, User
from bookings.answers.give import settle_answer
from bookings.extracts.wishes import open_wishes
from bookings.messages.settle import mark_handled
from bookings.models import Chain, ExtractWish, Message, Reply, SummonsAnswer, WaitingParty
from bookings.replies.handle import handle_reply, open_replies
from bookings.summons.missing import what_is_missing
from bookings.texts.overview import PlaceRow, texts_to_write
from bookings.waiting.join import End, stop_waiting
from bookings.waiting.queries import waiting_counts
from bookings.worklists import queries
from bookings.worklists.accept import accept_offer
from bookings.worklists.due import call_by
from bookings.worklists.offers import let_go, pass_on
from bookings.worklists.queries import MOST
from bookings.worklists.sections import SECTIONS, TaskSection

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A wish to be called back, by when that was asked for, whether it is late, and how the day stands."""

    answer: SummonsAnswer
    by: datetime
    is_late: bool
    day_state: Chain.State


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A day whose letter cannot be printed, and what it lacks, in words."""

    chain: Chain
    lacks: list[str]


@dataclass(frozen=True, slots=True)
class UnpostedRow:
    """How many letters nobody has posted, together one task, and since when the first of them waits."""

    number: int
    since: datetime


@dataclass(frozen=True, slots=True)
class TextRow:
    """A place without a text in some languages, by their codes."""

    place: PlaceRow
    languages: list[str]


@dataclass(frozen=True)
class Worklist:
    """The tasks by kind; `waiting`: who waits without a task, `counts`: how many wait at each site, of all agencies."""

    calls: list[CallRow] = field(default_factory=list)
    wishes: list[SummonsAnswer] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    extracts: list[ExtractWish] = field(default_factory=list)
    failed: list[Message] = field(default_factory=list)
    moves: list[Chain] = field(default_factory=list)
    letters: list[LetterRow] = field(default_factory=list)
    unposted: list[UnpostedRow] = field(default_factory=list)  # one at most
    offers: list[WaitingParty] = field(default_factory=list)
    missed: list[WaitingParty] = field(default_factory=list)
    waiting: list[WaitingParty] = field(default_factory=list)
    counts: list[tuple[str, int]] = field(default_factory=list)
    texts: list[TextRow] = field(default_factory=list)
    drafts: int = 0

    @property
    def sections(self) -> list[TaskSection]:
        """The tasks under their headings, in the order in which they are best done."""
        found = [replace(section, rows=getattr(self, section.name)) for section in SECTIONS]
        return [section for section in found if section.rows]

    @property
    def tasks(self) -> int:
        """How many there are to do."""
        return sum(len(section.rows) for section in self.sections)

    @property
    def is_done(self) -> bool:
        return not self.tasks and not self.drafts


def worklist(viewer: User, *, only_mine: bool, at: datetime) -> Worklist:
    """The viewer's tasks, or those of the days that the viewer has booked; a constant number of queries."""
    if viewer.role == Role.SECRETARIAT:
        drafts = TextBlock.objects.filter(state=TextState.DRAFT).count()
        return Worklist(texts=_texts(at=at)[:MOST], drafts=drafts)
    answers, chains, waiting = _narrowings(viewer, only_mine=only_mine)
    return Worklist(
        calls=_calls(answers(queries.open_calls()), at=at),
        wishes=answers(queries.open_wishes_for_time(at=at)),
        replies=_replies(viewer, only_mine=only_mine),
        extracts=_extracts(viewer, only_mine=only_mine),
        failed=_failed(viewer, only_mine=only_mine, at=at),
        moves=chains(queries.must_move(at=at)),
        letters=[LetterRow(one, _lacks(one)) for one in chains(queries.unprintable(at=at))],
        unposted=_unposted(viewer, only_mine=only_mine, at=at),
        offers=waiting(queries.offered(at=at)),
        missed=waiting(queries.to_summon_anew(at=at)),
        waiting=waiting(queries.waiting_otherwise(at=at)),
        counts=_counts(viewer),
        texts=_texts_of(viewer, at=at) if viewer.role == Role.MANAGER and not only_mine else [],
    )


def press(act: str, pressed: dict[str, str], *, by: User, at: datetime) -> tuple[str, Chain | None]:
    """Do what a row's button says; the words for it, and the chain to go to. Raises Http404 or a Refusal."""
    match act:
        case "settle":
            wish = _answer(pressed)
            settle_answer(answer=wish, by=by, at=at)
            let_go(party=wish.party, at=at)
            return _("Marked as done."), None
        case "handled":
            mark_handled(message=_message(pressed), by=by, at=at)
            return _("Marked as done."), None
        case "called":
            handle_reply(reply=_reply(pressed), by=by, at=at)
            return _("Marked as done."), None
        case "book":
            return _("The day is booked."), accept_offer(waiting=_waiting(pressed), by=by, at=at)
        case "pass":
            pass_on(waiting=_waiting(pressed), by=by, at=at)
            return _("The time goes to the next who waits."), None
        case "leave":
            stop_waiting(party=_waiting(pressed).party, how=End.LEFT, at=at)
            return _("Taken off the waiting list."), None
    raise Http404


Narrow = Callable[[QuerySet[Any]], list[Any]]


def _narrowings(viewer: User, *, only_mine: bool) -> tuple[Narrow, Narrow, Narrow]:
    """Reads rows of answers, of chains and of the waiting list with what the page shows of them."""

    def answers(rows: QuerySet[Any]) -> list[Any]:
        found = rows.filter(chain__booked_by=viewer) if only_mine else rows
        found = found.select_related("party", "newcomer__own_contact", "chain__site_day__location__site")
        return list(found.prefetch_related("party__own_contacts")[:MOST])

    def chains(rows: QuerySet[Any]) -> list[Any]:
        found = rows.filter(booked_by=viewer) if only_mine else rows
        return list(found.select_related("party__municipality", "site_day__location__site")[:MOST])

    def waiting(rows: QuerySet[Any]) -> list[Any]:
        found = rows.filter(added_by=viewer) if only_mine else rows
        found = found.select_related("party", "site", "offered_day", "chain__site_day")
        return list(found.prefetch_related("party__own_contacts")[:MOST])

    return answers, chains, waiting


def _calls(answers: list[SummonsAnswer], *, at: datetime) -> list[CallRow]:
    """Whoever is to be called first stands first."""
    first = min((local(one.given_at).date() for one in answers), default=None)
    holidays = set(Holiday.objects.filter(date__gte=first).values_list("date", flat=True)) if first else set()
    return sorted((_call(one, holidays, at=at) for one in answers), key=lambda row: row.by)


def _call(answer: SummonsAnswer, holidays: set[date], *, at: datetime) -> CallRow:
    by = call_by(answer.given_at, period=answer.call_period, holidays=holidays)
    return CallRow(answer, local(by), is_late=by < at, day_state=answer.chain.state_at(at))


def _failed(viewer: User, *, only_mine: bool, at: datetime) -> list[Message]:
    found = queries.failed(viewer, at=at)
    return list((found.filter(chain__booked_by=viewer) if only_mine else found)[:MOST])


def _unposted(viewer: User, *, only_mine: bool, at: datetime) -> list[UnpostedRow]:
    found = queries.late_letters(at=at)
    found = found.filter(chain__booked_by=viewer) if only_mine else found
    told = found.aggregate(number=Count("pk"), since=Min("planned_at"))
    return [UnpostedRow(**told)] if told["number"] else []


def _replies(viewer: User, *, only_mine: bool) -> list[Reply]:
    found = open_replies(viewer)
    return list((found.filter(chain__booked_by=viewer) if only_mine else found)[:MOST])


def _extracts(viewer: User, *, only_mine: bool) -> list[ExtractWish]:
    """The own ones are of days that the viewer has booked."""
    mine = Chain.objects.filter(booked_by=viewer).values("reference")
    found = open_wishes()
    return list((found.filter(chain_reference__in=mine) if only_mine else found)[:MOST])


def _texts(*, at: datetime, agency: str = "") -> list[TextRow]:
    return [TextRow(*row) for row in texts_to_write(on=local(at).date(), agency=agency)]


def _texts_of(viewer: User, *, at: datetime) -> list[TextRow]:
    """Those of the page that the manager keeps."""
    if viewer.agency is None:
        return []
    home = viewer.agency.municipality
    return _texts(at=at, agency=home.code if home else viewer.agency.code)


def _lacks(chain: Chain) -> list[str]:
    return what_is_missing(location=chain.site_day.location, home=chain.party.municipality)


def _counts(viewer: User) -> list[tuple[str, int]]:
    if viewer.role != Role.COORDINATOR:
        return []
    sites = {site.pk: str(site) for site in viewer.sites.all()}
    return [(sites[key], number) for key, number in waiting_counts(sites).items()]


def _answer(pressed: dict[str, str]) -> SummonsAnswer:
    """The wish that holds, by the chain's reference, the person's key and the kind."""
    try:
        person = UUID(pressed.get("person", ""))
    except ValueError:
        raise Http404 from None
    found = SummonsAnswer.objects.filter(
        chain__reference=pressed.get("chain", ""),
        newcomer__key=person,
        kind=pressed.get("kind", ""),
        replaced_at=None,
    )
    return _one(found)


def _message(pressed: dict[str, str]) -> Message:
    try:
        key = UUID(pressed.get("message", ""))
    except ValueError:
        raise Http404 from None
    return _one(Message.objects.filter(key=key))


def _reply(pressed: dict[str, str]) -> Reply:
    key = pressed.get("reply", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    return _one(Reply.objects.filter(pk=int(key), outcome__in=Reply.TASKS))


def _waiting(pressed: dict[str, str]) -> WaitingParty:
    """The party's latest place on the list, ended or not."""
    found = WaitingParty.objects.filter(party__reference=pressed.get("party", "")).order_by("-pk")
    return _one(found.select_related("party__owner", "offered_day__location__site"))


def _one(rows: "QuerySet[Row]") -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row
