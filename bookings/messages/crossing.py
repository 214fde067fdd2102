"""Messages that are at the gateway while their day is cancelled or changed: what holds is sent after them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.models import Chain, Message, Summons

State = Message.State
# It went out; it may have gone out. By why it would not have been sent.
CROSSED = {"cancelled": "crossed_cancelled", "replaced": "crossed_replaced"}
PERHAPS = {"cancelled": "perhaps_cancelled", "replaced": "perhaps_replaced"}
CERTAIN = {PERHAPS[why]: CROSSED[why] for why in CROSSED}
# An attempt has begun, and nothing says how it ended.
UNDER_WAY = Q(state=State.PLANNED, attempts__gt=0, why="")
# They hold whatever becomes of the day.
OF_ANY_DAY = frozenset({Message.Kind.RECEIPT, Message.Kind.MISSED})


def is_under_way(message: Message) -> bool:
    """Whether it is being sent, or was when its worker was killed."""
    return message.state == State.PLANNED and message.attempts > 0 and message.why == ""


def may_be_out(message: Message) -> bool:
    """Whether an earlier attempt may have sent it."""
    return is_under_way(message) or (message.state == State.PLANNED and message.why == "unknown")


def has_older_under_way(message: Message) -> bool:
    """Whether one that tells of the day as it was before is being sent, so that this one waits for its end.

    A summons waits until the adult's former day has been cancelled: it may be the same day.
    """
    if message.kind == Message.Kind.SUMMONS and _is_cancelling(message):
        return True
    if message.version == 1 or message.kind in OF_ANY_DAY:
        return False
    older = Message.objects.filter(UNDER_WAY, chain=message.chain_id, version__lt=message.version)
    return older.exclude(kind__in=OF_ANY_DAY).exists()


def _is_cancelling(summons: Message) -> bool:
    """Whether the cancellation of another day of the adult is still to go out; not without a gateway."""
    waiting = Message.objects.filter(
        party=summons.party_id,
        newcomer=summons.newcomer_id,
        kind=Message.Kind.CANCELLATION,
        state=State.PLANNED,
        link__isnull=False,
        planned_at__lte=summons.planned_at,
    )
    return waiting.exclude(chain=summons.chain_id).exclude(why="no_gateway").exists()


def is_summoned_anew(cancellation: Message) -> bool:
    """Whether the adult has been told since of a meeting on that same day, so that no word of it may follow."""
    told = Message.objects.filter(
        party=cancellation.party_id,
        newcomer=cancellation.newcomer_id,
        kind__in=(Message.Kind.SUMMONS, Message.Kind.CHANGE),
        sent_at__isnull=False,
        link__isnull=False,
        planned_at__gte=cancellation.planned_at,
        chain__state=Chain.State.BOOKED,
        chain__site_day__date=cancellation.chain.site_day.date,
    )
    return told.exclude(chain=cancellation.chain_id).exists()


def drop(waiting: QuerySet[Message], *, why: str, at: datetime) -> None:
    """Drop them, but what is being sent: when that is over its fate says what it has crossed."""
    told = {"state": State.DROPPED, "settled_at": at}
    waiting.filter(why="unknown").update(why=PERHAPS[why], **told)
    waiting.exclude(UNDER_WAY).filter(state=State.PLANNED).update(why=why, **told)


def note_crossing(key: UUID) -> None:
    """Write down that it went out while its day was cancelled or changed; in the transaction that settles it."""
    later = Summons.objects.filter(chain=OuterRef("chain"), version__gt=OuterRef("version"))
    found = Message.objects.filter(key=key).exclude(kind__in=OF_ANY_DAY)
    message = found.select_related("chain").annotate(is_replaced=Exists(later)).first()
    if message is None:
        return
    is_cancelled = message.chain.state == Chain.State.CANCELLED and message.kind != Message.Kind.CANCELLATION
    if is_cancelled or message.is_replaced:
        why = CROSSED["cancelled" if is_cancelled else "replaced"]
        Message.objects.filter(pk=message.pk, state=State.SENT).update(why=why)
