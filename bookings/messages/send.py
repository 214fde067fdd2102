"""Send a planned message: read the case again, word it, give it to the gateway, write down its fate."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from agencies.dispatches.channels.deliver import deliver, may_repeat
from agencies.dispatches.channels.outgoing import (
    ChannelMissing,
    ChannelRefused,
    ChannelUnreachable,
    OutcomeUnknown,
    Outgoing,
)
from agencies.dispatches.handlers import NotYet
from agencies.dispatches.outbox import viewer_for
from agencies.models import Dispatch
from agencies.secrecy.context import Viewer, acting_as
from bookings.links.tokens import address_of
from bookings.messages.contacts import close_address, digest_of
from bookings.messages.crossing import (
    PERHAPS,
    has_older_under_way,
    is_under_way,
    may_be_out,
    note_crossing,
)
from bookings.messages.fall_back import try_other_way
from bookings.messages.needs_call import needs_call
from bookings.messages.receipt_addresses import receipt_address, return_address
from bookings.messages.receive import CLOSING
from bookings.messages.reread import Case, as_it_is_now
from bookings.messages.schedule import after_quiet
from bookings.messages.wording import Facts, word
from bookings.models import Channel, ContactBlock, Link, Message

State = Message.State
# So often it is looked whether an older message has left the gateway.
SOON = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Ready:
    """What goes out, or that it waits until then, or neither when there is nothing to send."""

    outgoing: Outgoing | None = None
    waits_until: datetime | None = None


def send_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Send the message that the dispatch names, unless that is done or the case is another by now.

    Raises NotYet while there is no gateway or in the quiet hours, ChannelUnreachable or OutcomeUnknown for another
    attempt with the same key.
    """
    viewer = viewer_for(dispatch)
    with acting_as(viewer):
        ready = _prepare(dispatch.subject, at=at)
    if ready.waits_until:
        raise NotYet(until=ready.waits_until)
    if ready.outgoing:
        _deliver(ready.outgoing, dispatch, viewer, at=at)


def give_up(dispatch: Dispatch, *, at: datetime) -> None:
    """Write down that it has failed for good, and try another way."""
    with acting_as(viewer_for(dispatch)):
        waits = Message.objects.filter(pk=dispatch.subject, state=State.PLANNED)
        waits.filter(why="").update(why="unreachable")
        if waits.update(state=State.FAILED, settled_at=at):
            try_other_way(dispatch=dispatch, at=at)


def _deliver(outgoing: Outgoing, dispatch: Dispatch, viewer: Viewer, *, at: datetime) -> None:
    """Outside any transaction, since a gateway may be slow; the key makes a second attempt harmless."""
    try:
        number = deliver(outgoing)
    except ChannelRefused as refused:
        with acting_as(viewer):
            if _settle(outgoing, state=State.FAILED, why=refused.why[:30], settled_at=at):
                _close_bounced(outgoing, why=refused.why, at=at)
                try_other_way(dispatch=dispatch, at=at)
    except ChannelMissing as missing:
        with acting_as(viewer):
            is_task = _fail_or_wait(outgoing, at=at)
        if not is_task:
            raise NotYet from missing
    except OutcomeUnknown as unknown:
        if unknown.may_retry:
            _settle_as(viewer, outgoing, why="unknown")
            raise
        _settle_as(viewer, outgoing, state=State.FAILED, why="unknown", settled_at=at)
    except ChannelUnreachable:
        _settle_as(viewer, outgoing, why="unreachable")
        raise
    else:
        with acting_as(viewer):
            if _settle(outgoing, state=State.SENT, why="", provider_id=number[:100], sent_at=at):
                note_crossing(outgoing.key)


def _prepare(key: int, *, at: datetime) -> Ready:
    """The message as it is sent now; drops it, with why, when it no longer holds."""
    found = Message.objects.select_for_update(of=["self"]).select_related(
        "chain__site_day__location__site", "party", "link"
    )
    message = found.filter(pk=key, state=State.PLANNED).first()
    if message is None:
        return Ready()
    case = as_it_is_now(message, at=at)
    if case.why or message.link is None:
        return _end(message, case.why or "gone", at=at)
    if has_older_under_way(message):
        return Ready(waits_until=at + SOON)
    if message.kind in Message.REMINDERS and (awake := after_quiet(at)) != at:
        Message.objects.filter(pk=key).update(due_at=awake)
        return Ready(waits_until=awake)
    if is_under_way(message) and not may_repeat(message.channel):
        return _end(message, "unknown", at=at, has_failed=True)
    return Ready(_begin(message, message.link, case))


def _end(message: Message, why: str, *, at: datetime, has_failed: bool = False) -> Ready:
    """Nothing is sent: it is dropped, or has failed where somebody must call instead."""
    has_failed = has_failed or needs_call(message, why, at=at)
    if may_be_out(message) and not has_failed:
        why = PERHAPS.get(why, why)
    message.state, message.why, message.settled_at = State.FAILED if has_failed else State.DROPPED, why, at
    message.save(update_fields=["state", "why", "settled_at"])
    return Ready()


def _begin(message: Message, link: Link, case: Case) -> Outgoing:
    """What goes out, with the attempt written down."""
    message.channel, message.language = case.channel, case.language
    message.address_digest = digest_of(case.channel, case.address)
    message.attempts, message.why = F("attempts") + 1, ""
    message.save(update_fields=["channel", "address_digest", "language", "attempts", "why"])
    facts = Facts(
        case.arrive_at,
        link=address_of(link),
        phone=message.chain.site_day.location.site.phone,
        is_same_time=case.is_same_time,
        is_first=case.is_first,
    )
    worded = word(message.kind, facts, language=case.language, channel=message.channel)
    told_at = return_address if case.channel == Channel.EMAIL else receipt_address
    return Outgoing(
        message.key,
        case.channel,
        case.address,
        worded.subject,
        worded.text,
        case.language,
        told_at(message.key),
    )


def _fail_or_wait(outgoing: Outgoing, *, at: datetime) -> bool:
    """Without a gateway it waits, or becomes a task where that would be too late; gives whether."""
    message = Message.objects.select_related("chain__site_day").get(key=outgoing.key)
    is_task = needs_call(message, "no_gateway", at=at)
    _settle(outgoing, why="no_gateway", **({"state": State.FAILED, "settled_at": at} if is_task else {}))
    return is_task


def _settle_as(viewer: Viewer, outgoing: Outgoing, **fate: object) -> None:
    with acting_as(viewer):
        _settle(outgoing, **fate)


def _settle(outgoing: Outgoing, **fate: object) -> int:
    """Write down the fate, unless somebody else has meanwhile; gives whether."""
    return Message.objects.filter(key=outgoing.key, state=State.PLANNED).update(**fate)


def _close_bounced(outgoing: Outgoing, *, why: str, at: datetime) -> None:
    """Nothing more goes to an address that is none, until it is corrected."""
    message = Message.objects.get(key=outgoing.key)
    if why in CLOSING and message.address_digest:
        digest, bounced = message.address_digest, ContactBlock.Why.BOUNCED
        close_address(party=message.party_id, channel=message.channel, digest=digest, why=bounced, at=at)
