"""Retain: what has been kept for as long as its rule says is deleted, or made anonymous without being read."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.postgres.functions import RandomUUID
from django.db import connection
from django.db.models.functions import TruncYear

from agencies.models import Resource
from bookings.models import Chain, CodeTries, Disclosure, Event, Extract, Link, Newcomer, Party, Summons

NOBODY = "–"


class Due(NamedTuple):
    """A row whose time is up: what it is, and what its rule asks for."""

    kind: str
    key: int
    action: str


def due_rows(*, limit: int) -> list[Due]:
    """What is due now, deletions first; only the viewer `retention` is told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, key, action FROM due_for_retention ORDER BY action DESC, kind, key LIMIT %s",
            [limit],
        )
        return [Due(*row) for row in cursor.fetchall()]


def delete_party(*, key: int, at: datetime) -> None:
    """Delete the party with everything that leads to it; what is gone already is gone."""
    for party in Party.objects.filter(pk=key):
        for chain in party.chains.all():
            chain.delete()
        party.delete()
        Resource.objects.filter(pk=party.resource_id).delete()


def anonymise_party(*, key: int, at: datetime) -> None:
    """Leave of the party what the figures need: how many, born in which years, from where, met when."""
    if not Party.objects.filter(pk=key, anonymised_at=None).exists():
        return
    Link.objects.filter(chain__party=key).delete()
    Summons.objects.filter(chain__party=key).delete()
    Disclosure.objects.filter(party=key).delete()
    Extract.objects.filter(newcomer__party=key).delete()
    Newcomer.objects.filter(party=key).update(
        key=RandomUUID(), given_name=NOBODY, family_name=NOBODY, birth_date=TruncYear("birth_date")
    )
    Chain.objects.filter(party=key).exclude(cancel_reason="").update(cancel_reason=NOBODY)
    _forget_reasons(key)
    # The last, because then it is no longer due and nobody sees it.
    Party.objects.filter(pk=key).update(**_blank(), anonymised_at=at)


def delete_disclosure(*, key: int, at: datetime) -> None:
    """Delete a door that has long been shut."""
    Disclosure.objects.filter(pk=key).delete()


def delete_extract(*, key: int, at: datetime) -> None:
    """Delete a copy that was made for somebody to fetch."""
    Extract.objects.filter(pk=key).delete()


def delete_code_tries(*, key: int, at: datetime) -> None:
    """Forget how often a code was mistyped."""
    CodeTries.objects.filter(pk=key).delete()


def _forget_reasons(key: int) -> None:
    for event in Event.objects.filter(party=key, facts__has_key="reason"):
        event.facts["reason"] = NOBODY
        event.save(update_fields=["facts"])


def _blank() -> dict[str, str]:
    """What somebody wrote about the party in words of their own, and how it was reached."""
    return dict.fromkeys(("case_reference", "housing", "address", "phone", "email", "override_reason"), "")
