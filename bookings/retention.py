"""Retention: the verbs that delete rows, or make them anonymous, when their time is up."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.postgres.functions import RandomUUID
from django.db import connection
from django.db.models.functions import TruncYear

from agencies.models import Resource
from bookings.models import (
    Chain,
    CodeTries,
    ContactBlock,
    Disclosure,
    Event,
    Extract,
    ExtractWish,
    Link,
    Message,
    Newcomer,
    OwnContact,
    Party,
    Reply,
    Summons,
    SummonsAnswer,
    UnwantedInterpreter,
    WaitingParty,
)

NOBODY = "–"


class Due(NamedTuple):
    """A row whose time is up: its kind, its primary key, and `delete` or `anonymise`."""

    kind: str
    key: int
    action: str


def due_rows(*, limit: int) -> list[Due]:
    """What is due now, deletions first; empty for any viewer but `retention`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, key, action FROM due_for_retention ORDER BY action DESC, kind, key LIMIT %s",
            [limit],
        )
        return [Due(*row) for row in cursor.fetchall()]


def delete_party(*, key: int, at: datetime) -> None:
    """Delete the party, its chains and its resource, if it is still there."""
    for party in Party.objects.filter(pk=key):
        for chain in party.chains.all():
            chain.delete()
        party.delete()
        Resource.objects.filter(pk=party.resource_id).delete()


def anonymise_party(*, key: int, at: datetime) -> None:
    """Leave only what statistics need: how many, birth years, municipality, meetings."""
    if not Party.objects.filter(pk=key, anonymised_at=None).exists():
        return
    SummonsAnswer.objects.filter(party=key).delete()
    WaitingParty.objects.filter(party=key).delete()
    Message.objects.filter(chain__party=key).delete()
    ContactBlock.objects.filter(party=key).delete()
    OwnContact.objects.filter(party=key).delete()
    Reply.objects.filter(party=key).delete()
    Link.objects.filter(chain__party=key).delete()
    Summons.objects.filter(chain__party=key).delete()
    Disclosure.objects.filter(party=key).delete()
    Extract.objects.filter(newcomer__party=key).delete()
    ExtractWish.objects.filter(newcomer__party=key).delete()
    UnwantedInterpreter.objects.filter(party=key).delete()
    Newcomer.objects.filter(party=key).update(
        key=RandomUUID(),
        given_name=NOBODY,
        family_name=NOBODY,
        birth_date=TruncYear("birth_date"),
        letter_language="",
        own_meetings=[],
    )
    Chain.objects.filter(party=key).exclude(cancel_reason="").update(cancel_reason=NOBODY)
    _erase_reasons(key)
    # Last, because the viewer `retention` sees the party's rows only while the party is due.
    Party.objects.filter(pk=key).update(**_emptied_fields(), anonymised_at=at)


def delete_disclosure(*, key: int, at: datetime) -> None:
    """Delete a disclosure that ended long ago."""
    Disclosure.objects.filter(pk=key).delete()


def delete_extract(*, key: int, at: datetime) -> None:
    """Delete an extract, whether it was fetched or not."""
    Extract.objects.filter(pk=key).delete()


def delete_code_tries(*, key: int, at: datetime) -> None:
    """Delete the count of a link's wrong paper codes."""
    CodeTries.objects.filter(pk=key).delete()


def _erase_reasons(key: int) -> None:
    for event in Event.objects.filter(party=key, facts__has_key="reason"):
        event.facts["reason"] = NOBODY
        event.save(update_fields=["facts"])


def _emptied_fields() -> dict[str, str]:
    """The party's free text and contacts, all empty; a rare language would tell who it is."""
    fields = (
        "case_reference",
        "housing_kind",
        "housing",
        "address",
        "phone",
        "email",
        "override_reason",
        "interpreter_language",
    )
    return dict.fromkeys(fields, "")
