"""Issue the joint summons: a version of it for each booking and each move, and a link for each adult."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from agencies.dispatches.outbox import add_dispatch
from agencies.models import ThresholdCode, User
from agencies.rosters.locks import lock_resources
from agencies.thresholds import threshold
from bookings.attendance.rules import is_adult
from bookings.events import record_event
from bookings.links.tokens import set_hashes, set_typed_hash
from bookings.messages.plan import plan_cancellation, plan_summons
from bookings.models import Chain, Event, Link, Newcomer, Summons, SummonsCopy
from bookings.summons.copies import KIND
from bookings.summons.summoned_day import SummonedDay


def summon(
    *, chain: Chain, day: SummonedDay, by: User, at: datetime, is_moved: bool, to_print: bool = True
) -> Summons:
    """Write the next version of the chain's summons; unless not `to_print`, it is printed and the family told of it.

    Each member who is an adult on the day has a link, and nobody else.
    """
    version = chain.summonses.count() + 1 if is_moved else 1
    summons = Summons.objects.create(chain=chain, version=version, made_at=at, made_by=by, day=day.to_json())
    adults = _adults(chain)
    linked = _kept_links(chain, adults) if is_moved else set()
    _link(chain, [adult for adult in adults if adult.pk not in linked])
    if to_print:
        add_dispatch(kind=KIND, subject=summons.pk, by=by, at=at)
        plan_summons(chain=chain, summons=summons, by=by, at=at)
    return summons


def summon_off(*, chain: Chain, by: User, at: datetime) -> Summons:
    """Write the version that says that the day is cancelled; the outbox prints it."""
    latest = chain.summonses.latest("version")
    summons = Summons.objects.create(
        chain=chain,
        version=latest.version + 1,
        kind=Summons.Kind.CANCELLATION,
        made_at=at,
        made_by=by,
        day=latest.day,
    )
    add_dispatch(kind=KIND, subject=summons.pk, by=by, at=at)
    plan_cancellation(chain=chain, summons=summons, by=by, at=at)
    return summons


def _adults(chain: Chain) -> list[Newcomer]:
    """The members who are adults on the day."""
    day = chain.site_day.date
    return [member for member in chain.party.members.all() if is_adult(member.birth_date, day)]


def _kept_links(chain: Chain, adults: Iterable[Newcomer]) -> set[int]:
    """The keys of those among the adults who have links, with their new end; the links of others are deleted."""
    chain.links.exclude(newcomer__in=adults).delete()
    chain.links.update(valid_until=end_of_links(chain))
    for link in chain.links.filter(typed_hash=""):
        set_typed_hash(link)
        link.save(update_fields=["typed_hash"])
    return set(chain.links.values_list("newcomer", flat=True))


def _link(chain: Chain, adults: Iterable[Newcomer]) -> None:
    until = end_of_links(chain)
    links = [Link(chain=chain, newcomer=adult, valid_until=until) for adult in adults]
    for link in links:
        set_hashes(link)
    Link.objects.bulk_create(links)


def renew_link(*, link: Link, by: User, at: datetime) -> Link:
    """Give the link a new generation, which closes its old address and code, and print the letter again.

    A link that somebody has renewed since it was read stays as it is.
    """
    with transaction.atomic():
        lock_resources([link.chain.party.resource_id])
        read, link = link.generation, Link.objects.select_for_update().get(pk=link.pk)
        if link.generation != read:
            return link
        link.generation += 1
        set_hashes(link)
        link.save(update_fields=["generation", "token_hash", "code_hash", "typed_hash"])
        Chain.objects.filter(pk=link.chain_id).update(version=F("version") + 1)
        SummonsCopy.objects.filter(summons__chain=link.chain_id).delete()
        record_event(
            kind=Event.Kind.RENEWED, party_id=link.chain.party_id, chain_id=link.chain_id, by=by, at=at
        )
        latest = Summons.objects.filter(chain=link.chain_id).latest("version")
        add_dispatch(kind=KIND, subject=latest.pk, by=by, at=at)
    return link


def end_of_links(chain: Chain) -> datetime:
    """When the links of the chain's day end: so many days after it closes as the threshold says for that day."""
    days = threshold(ThresholdCode.LINK_DAYS, on=chain.site_day.date)
    return chain.site_day.closes_at + timedelta(days=days)
