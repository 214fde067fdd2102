"""Queries of protected identities; row level security hides a sealed identity that the viewer has not opened."""

from django.db import connection
from django.db.models import QuerySet

from agencies.models import NamedOpener
from bookings.models import LinkParty, Opening, Party, SealedIdentity

NOBODY = 0  # no user's key


def may_be_messaged(party: Party | LinkParty) -> bool:
    """Whether a text message or an e-mail may name a place, an agency or a time to this party."""
    return not party.is_protected


def is_protected(party: int) -> bool:
    """Whether the party's identity is protected, for its owner or an agency that it visits; two queries at most."""
    if Party.objects.filter(pk=party, is_protected=True).exists():
        return True
    return _answer("EXISTS (SELECT FROM protected_visits WHERE party_id = %s)", party)


def may_open(party: Party) -> bool:
    """Whether the viewer may open the identity: named for the party's site, or without a day its registrar."""
    return _answer("is_named_opener(%s)", party.pk)


def answers_for(party: Party) -> bool:
    """Whether the viewer is the manager who looks after the party: at its site, or any where that site has none."""
    return _answer("answers_for(%s, %s)", party.pk, NOBODY)


def openers_of(party: Party) -> QuerySet[NamedOpener]:
    """Who is named at the party's site, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT site_id FROM party_places WHERE party_id = %s", [party.pk])
        sites = [site for (site,) in cursor.fetchall()]
    named = NamedOpener.objects.filter(site__in=sites, withdrawn_at=None, user__is_active=True)
    return named.select_related("user").order_by("user__last_name", "user__first_name", "pk")


def opened_identity(party: Party) -> SealedIdentity | None:
    """Names and contacts, while the viewer's own opening lasts (a quarter of an hour)."""
    return SealedIdentity.objects.filter(party=party).first()


def identity_openings() -> QuerySet[Opening]:
    """Who opened which identity and why, the latest first: a manager sees those to answer for, others their own."""
    return Opening.objects.select_related("party", "by", "seen_by")


def _answer(question: str, *values: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {question}", values)
        return bool(cursor.fetchone()[0])
