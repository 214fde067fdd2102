"""Reads of messages: those of a chain, those that have failed, and when a family should be there."""

from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from agencies.clock import local
from agencies.models import ReminderTime, Role, Site, ThresholdCode, User
from agencies.thresholds import threshold
from bookings.messages.schedule import ReminderRule, in_order
from bookings.models import Chain, Channel, Meeting, Message, Summons


def messages_of(chain: Chain) -> QuerySet[Message]:
    """The chain's messages, the last due first."""
    return (
        Message.objects.filter(chain=chain.pk)
        .select_related("newcomer__own_contact", "handled_by")
        .order_by("-due_at", "-pk")
    )


def failed_messages(viewer: User, *, at: datetime) -> QuerySet[Message]:
    """What has not arrived and nobody has handled, of days that are still to come; at the viewer's sites.

    Row level security leaves those of the viewer's agency. A later version of the summons has messages of its own.
    """
    latest = Summons.objects.filter(chain=OuterRef("chain")).order_by("-version").values("version")[:1]
    found = (
        Message.objects.filter(state=Message.State.FAILED, handled_at=None)
        .annotate(latest=Subquery(latest))
        .filter(version=F("latest"), chain__site_day__closes_at__gt=at)
        .exclude(~Q(kind=Message.Kind.CANCELLATION), chain__state=Chain.State.CANCELLED)
        .select_related("chain__site_day__location__site", "party", "newcomer__own_contact")
        .prefetch_related("party__own_contacts")
    )
    if viewer.role != Role.SECRETARIAT:
        found = found.filter(chain__site_day__location__site__in=viewer.sites.values("pk"))
    return found.order_by("chain__site_day__date", "pk")


def rules_at(site: Site) -> dict[str, ReminderRule]:
    """When the site reminds, by kind; one query."""
    rows = ReminderTime.objects.filter(site=site)
    return in_order((row.kind, ReminderRule(row.days_before, row.at, row.is_on)) for row in rows)


def arrival_of(chain: Chain, *, newcomer: int | None, made_at: datetime) -> datetime:
    """When the adult, or the party, is asked to be there, as the letter that was made then says it; two queries."""
    told = Q(person=None) if newcomer is None else Q(person=None) | Q(person=newcomer)
    meetings = list(Meeting.objects.filter(told, chain=chain.pk).order_by("starts_at"))
    at_the_place = [one for one in meetings if one.form == Meeting.Form.ON_SITE]
    first = next(iter(at_the_place or meetings), None)
    if first is None:
        return chain.site_day.opens_at
    early = timedelta(minutes=threshold(ThresholdCode.ARRIVE_BEFORE, on=local(made_at).date()))
    return max(chain.site_day.opens_at, first.starts_at - early)


def letters_to_post(*, agency: int | None) -> QuerySet[Message]:
    """The agency's letters that wait to be posted, the one that has waited longest first."""
    waiting = Message.objects.filter(channel=Channel.LETTER, state=Message.State.PLANNED, party__owner=agency)
    return waiting.order_by("planned_at", "pk")


def places_in_queue(chain: Chain) -> dict[int, int]:
    """The place in the print queue of each of the chain's letters that wait; two queries at most."""
    own = set(
        Message.objects.filter(
            chain=chain.pk, channel=Channel.LETTER, state=Message.State.PLANNED
        ).values_list("pk", flat=True)
    )
    if not own:
        return {}
    waiting = letters_to_post(agency=chain.party.owner_id).values_list("pk", flat=True)
    return {key: place for place, key in enumerate(waiting, start=1) if key in own}
