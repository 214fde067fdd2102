"""What the caller of a verb has seen of a chain, and the refusal that says what has changed since."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.codes import agency_name
from agencies.dates import clock, full_date
from agencies.refusals import Refusal
from bookings.attendance.keys import agency_of
from bookings.models import AttendanceEvent, Chain, Event, Party
from bookings.parties.queries import meetings_by_key
from bookings.proposals.signed import Proposal

# The tags of the versions that the caller may have seen; None when it does not say.
Seen = Collection[str] | None


class ChangedMeanwhile(Refusal):
    """Somebody has changed the chain or the visit since the caller looked."""

    kind = "changed-meanwhile"
    status = 409


class MovedMeanwhile(ChangedMeanwhile):
    """Somebody has moved the chain, or a meeting of it, since the proposal was made."""

    kind = "moved-meanwhile"


def tag_of(chain: Chain) -> str:
    """The entity tag of the chain, without its quotation marks."""
    return str(chain.version)


def require_seen(chain: Chain, seen: Seen) -> None:
    """Raises ChangedMeanwhile unless the caller has seen this version."""
    if seen is None or tag_of(chain) in seen:
        return
    versions = [int(tag) for tag in seen if tag.isdecimal() and len(tag) < 9]
    raise ChangedMeanwhile(_what_changed(chain, since=max(versions, default=chain.version)))


def require_as_proposed(chain: Chain, proposal: Proposal) -> None:
    """Raises MovedMeanwhile if the proposal was made before a move that it would undo unasked, or a correction."""
    if proposal.version == chain.version or proposal.digest == chain.proposal:
        return
    changes = _changes(chain, since=proposal.version)
    if any(one.kind != Event.Kind.CANCELLED for one in changes) or _moves_others(chain, proposal):
        raise MovedMeanwhile(_what_changed(chain, since=proposal.version))


def require_party_seen(party: Party, seen: Seen) -> None:
    """Raises ChangedMeanwhile unless the caller has seen this version of the party."""
    if seen is not None and str(party.version) not in seen:
        raise ChangedMeanwhile(_("Somebody has changed this party since you looked. Look at it again."))


def _changes(chain: Chain, *, since: int) -> list[Event]:
    changes = Event.objects.filter(chain=chain, facts__version__gt=since).select_related("by")
    kinds = [Event.Kind.MOVED, Event.Kind.AMENDED, Event.Kind.CANCELLED]
    return list(changes.filter(kind__in=kinds).order_by("pk"))


def _moves_others(chain: Chain, proposal: Proposal) -> bool:
    """Whether a meeting that the proposal leaves alone is elsewhere than the proposal saw it."""
    if not proposal.meeting:
        return False
    booked = {key: meeting.starts_at for key, meeting in meetings_by_key(chain).items()}
    others = [offer for offer in proposal.offers if offer.key != proposal.meeting]
    return any(booked.get(offer.key) != offer.starts_at for offer in others)


def _what_changed(chain: Chain, *, since: int) -> str:
    """Who has done what and when since that version, as sentences."""
    said = [_sentence(event) for event in _changes(chain, since=since)]
    return " ".join([_("This day has changed since you looked."), *(said or _recorded_last(chain))])


def _sentence(event: Event) -> str:
    words = {"who": str(event.by), "at": clock(event.at)}
    if event.kind == Event.Kind.CANCELLED:
        return _("%(who)s cancelled it at %(at)s.") % words
    if event.kind == Event.Kind.AMENDED:
        return _("%(who)s corrected what is known of the party at %(at)s.") % words
    moved: dict[str, str] = event.facts["moved"]
    starts_at = local(datetime.fromisoformat(min(moved.values(), default=event.facts["day"]["starts_at"])))
    words |= {"day": full_date(starts_at.date(), get_language() or "sv"), "time": clock(starts_at)}
    if len(moved) == 1:
        words["agency"] = agency_name(agency_of(next(iter(moved))))
        return _("%(who)s moved the meeting with %(agency)s to %(time)s on %(day)s, at %(at)s.") % words
    return _("%(who)s moved the day to %(time)s on %(day)s, at %(at)s.") % words


def _recorded_last(chain: Chain) -> Iterable[str]:
    """What was recorded last of how the party came."""
    events = AttendanceEvent.objects.filter(meeting__chain=chain).select_related("by", "meeting__agency")
    for event in events.order_by("-pk")[:1]:
        yield _("%(who)s recorded at %(at)s, for %(agency)s: %(what)s.") % {
            "who": event.by,
            "at": clock(event.at),
            "agency": event.meeting.agency,
            "what": event.get_kind_display(),
        }
