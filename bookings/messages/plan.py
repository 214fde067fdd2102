"""Plan what a family is told of a version of its summons, in the transaction that writes the version."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from agencies.dispatches.outbox import add_dispatches
from agencies.models import User
from bookings.messages.contacts import channel_of, contact_of, own_contacts
from bookings.messages.crossing import drop, may_be_out
from bookings.messages.needs_call import needs_call
from bookings.messages.queries import arrival_of, rules_at
from bookings.messages.schedule import reminders
from bookings.models import Chain, Channel, Link, Message, Summons

KIND = "bookings.message"  # of dispatch: a message to be sent
# Several choices of consent in a row have one receipt.
GATHERED = timedelta(minutes=2)
TOGETHER = "together"  # why not sent: the address has another adult's message of the same words
PROTECTED = "protected"  # why not sent: nothing goes out but the letter
Kind, State = Message.Kind, Message.State
Sent = tuple[Message.Kind, datetime]


def plan_summons(*, chain: Chain, summons: Summons, by: User, at: datetime) -> None:
    """Tell the family of the first version, or of a change, and remind it of the day."""
    untold = _drop_waiting(chain, why="replaced", at=at) if summons.version > 1 else {True, False}
    kinds = {by_letter: Kind.SUMMONS if by_letter in untold else Kind.CHANGE for by_letter in (True, False)}
    later = _reminders(chain, summons, at=at)
    _plan(chain, summons, [(kinds[False], at)], later, by=by, at=at, letter=kinds[True])


def plan_cancellation(*, chain: Chain, summons: Summons, by: User, at: datetime) -> None:
    """Tell the family that the day is cancelled; what waited is dropped."""
    _drop_waiting(chain, why="cancelled", at=at)
    _plan(chain, summons, [(Kind.CANCELLATION, at)], [], by=by, at=at, letter=Kind.CANCELLATION)


def plan_missed(*, chain: Chain, by: User, at: datetime) -> None:
    """Tell a family that did not come that it gets a new day; a second time plans nothing."""
    latest = chain.summonses.latest("version")
    if not Message.objects.filter(chain=chain, kind=Kind.MISSED, version=latest.version).exists():
        _plan(chain, latest, [(Kind.MISSED, at)], [], by=by, at=at)


def plan_receipt(*, link: Link, by: User | None, at: datetime) -> None:
    """Tell the adult that a choice is kept, without saying which; of several in a row once.

    Without `by` the adult has chosen, and it is asked for in the name of whoever made the summons. Another agency, for
    which somebody has signed on paper, sends none.
    """
    chain = Chain.objects.select_related("party").filter(pk=link.chain_id).first()
    if chain is None or chain.party.is_protected or (by and by.agency_id != chain.party.owner_id):
        return
    if Message.objects.filter(link=link, kind=Kind.RECEIPT, state=State.PLANNED).exists():
        return
    latest = Summons.objects.filter(chain=chain).select_related("made_by").latest("version")
    # A guess for the adult who asks, to whom no contact is shown: it is chosen anew when it is sent.
    channel, _address = channel_of(contact_of(chain.party, link.newcomer_id))
    language = _languages([link])[link.pk] or chain.party.language
    row = _row(chain, latest.version, Kind.RECEIPT, channel, language, at + GATHERED, at=at)
    row.link, row.newcomer_id = link, link.newcomer_id
    row.save(force_insert=True)
    asker = by or latest.made_by
    add_dispatches(kind=KIND, due={row.pk: row.due_at}, by=asker, at=at, agency=chain.party.owner_id)


def plan_reminders_anew(*, chain: Chain, by: User, at: datetime) -> None:
    """Let the reminders follow contacts and protection: one to each address and language, and none twice.

    While the party is protected none waits; what is past by then, or was sent before, is not sent afterwards.
    """
    is_protected, latest = chain.party.is_protected, chain.summonses.latest("version")
    readers = set() if is_protected else {link.pk for link, _language, _channel in _readers(chain)}
    reminders_now = Message.objects.filter(chain=chain, version=latest.version, kind__in=Message.REMINDERS)
    waiting = reminders_now.filter(state=State.PLANNED, attempts=0).exclude(link__in=readers)
    waiting.update(state=State.DROPPED, why=PROTECTED if is_protected else TOGETHER, settled_at=at)
    again = reminders_now.filter(
        state=State.DROPPED, why__in=(TOGETHER, PROTECTED), link__in=readers, due_at__gt=at
    )
    rows = list(again)
    again.update(state=State.PLANNED, why="", settled_at=None)
    told = set(reminders_now.values_list("link_id", "kind"))
    later = _reminders(chain, latest, at=at)
    fresh = [
        row for row in _electronic(chain, latest, [], later, at=at) if (row.link_id, row.kind) not in told
    ]
    Message.objects.bulk_create(fresh)
    add_dispatches(kind=KIND, due={row.pk: row.due_at for row in [*rows, *fresh]}, by=by, at=at)


def _reminders(chain: Chain, summons: Summons, *, at: datetime) -> list[Sent]:
    arrive_at = arrival_of(chain, newcomer=None, made_at=summons.made_at)
    due = reminders(rules_at(chain.site_day.location.site), arrive_at=arrive_at, at=at)
    return [(Kind(f"reminder_{name}"), moment) for name, moment in due]


def _plan(
    chain: Chain,
    summons: Summons,
    now: list[Sent],
    later: list[Sent],
    *,
    by: User,
    at: datetime,
    letter: Message.Kind | None = None,
) -> None:
    """Write the messages and their dispatches; a letter waits in the print queue."""
    rows = list(_electronic(chain, summons, now, later, at=at))
    dispatched = [row for row in rows if row.state == State.PLANNED]
    if letter:
        rows.append(_row(chain, summons.version, letter, Channel.LETTER, chain.party.language, at, at=at))
    Message.objects.bulk_create(rows)
    add_dispatches(kind=KIND, due={row.pk: row.due_at for row in dispatched}, by=by, at=at)


def _electronic(
    chain: Chain, summons: Summons, now: list[Sent], later: list[Sent], *, at: datetime
) -> Iterator[Message]:
    """One message for each address and language of the adults, with the link of the first who reads it there.

    Of a protected party only that it is told nothing in this way, as a task where a letter comes too late.
    """
    for number, (link, language, channel) in enumerate(_readers(chain)):
        for kind, due_at in now if chain.party.is_protected else [*now, *later]:
            row = _row(chain, summons.version, kind, channel, language, due_at, at=at)
            row.link, row.newcomer_id = link, link.newcomer_id
            if chain.party.is_protected:
                is_task = number == 0 and needs_call(row, PROTECTED, at=at)
                row.state, row.why = State.FAILED if is_task else State.DROPPED, PROTECTED
                row.settled_at = at
            yield row


def _row(
    chain: Chain,
    version: int,
    kind: Message.Kind,
    channel: str,
    language: str,
    due_at: datetime,
    *,
    at: datetime,
) -> Message:
    return Message(
        party=chain.party,
        chain=chain,
        version=version,
        kind=kind,
        channel=channel,
        language=language,
        planned_at=at,
        due_at=due_at,
    )


def _readers(chain: Chain) -> list[tuple[Link, str, str]]:
    """The first link of each address and language of the adults, with that language and the channel."""
    links = list(Link.objects.filter(chain=chain.pk).order_by("pk"))
    languages, own = _languages(links), own_contacts(chain.party)
    found: dict[tuple[str, str], tuple[Link, str, str]] = {}
    for link in links:
        channel, address = channel_of(own.get(link.newcomer_id or 0, chain.party))
        language = languages[link.pk] or chain.party.language
        found.setdefault((address.casefold(), language), (link, language, channel))
    return list(found.values())


def _languages(links: Iterable[Link]) -> dict[int, str]:
    """The own language of each link's adult, or ""; no name is read."""
    keys = [link.pk for link in links]
    return dict(Link.objects.filter(pk__in=keys).values_list("pk", "newcomer__letter_language"))


def _drop_waiting(chain: Chain, *, why: str, at: datetime) -> set[bool]:
    """Drop what waits for an older version; gives by which ways, letter or not, the summons itself has told nobody.

    What is at the gateway is left to whoever sends it.
    """
    waiting = Message.objects.filter(chain=chain, state=State.PLANNED).exclude(kind=Kind.RECEIPT)
    locked = list(waiting.select_for_update(of=["self"]).order_by("pk"))
    drop(Message.objects.filter(pk__in=[one.pk for one in locked]), why=why, at=at)
    return {
        one.channel == Channel.LETTER for one in locked if one.kind == Kind.SUMMONS and not may_be_out(one)
    }
