"""Seals anew, with the present SEALING_KEY, whatever the database keeps sealed by an older key."""

import re
from collections import Counter
from collections.abc import Iterator

from django.db import connections, transaction

from agencies.secrecy.sealing import KeyMissing, is_sealed_with_current_key, seal, unseal
from bookings.models import SealedIdentity, SealedWord
from bookings.parties.masking import keys_of
from bookings.parties.sealed_words import seal_words

BATCH = 500  # rows that are locked and written together
SEALED_TEXT = re.compile(r"(2:[0-9a-f]{8}:)?gAAAA[\w-]{50,}=*")

# Table, key and the columns with sealed texts; a column of JSON may hold them anywhere.
SEALED = (
    ("agencies_identityprovider", "id", ("sealed_secret",)),
    ("bookings_sealedidentity", "party_id", ("contact", "people")),
    ("mfa_authenticator", "id", ("data",)),
)


def reseal_all(*, using: str) -> Iterator[tuple[str, Counter[str]]]:
    """Reseal every table, and tell of each how many rows were `resealed`, `current` or `unopenable`.

    Each batch is a transaction of its own, and rows that are sealed with the present key stay as they are: whoever
    interrupts it runs it again. `using` is a connection to which the walls show the sealed rows: the migrator's.
    """
    for table, key, columns in SEALED:
        done: Counter[str] = Counter()
        last = 0
        while keys := _reseal_batch(table, key, columns, after=last, using=using, done=done):
            last = keys[-1]
        yield table, done


def seal_missing_words(*, using: str) -> Counter[str]:
    """Give words to the parties that were protected before words were sealed; counts `sealed` and `unopenable`."""
    done: Counter[str] = Counter()
    worded = SealedWord.objects.using(using).values("party")
    for party in SealedIdentity.objects.using(using).exclude(party__in=worded).values_list("pk", flat=True):
        try:
            sealed = SealedIdentity.objects.using(using).get(pk=party)
        except KeyMissing:
            done["unopenable"] += 1
            continue
        seal_words(party_id=party, keys=keys_of(sealed.people.values(), sealed.contact), using=using)
        done["sealed"] += 1
    return done


def _reseal_batch(
    table: str, key: str, columns: tuple[str, ...], *, after: int, using: str, done: Counter[str]
) -> list[int]:
    """Reseal the rows whose keys follow `after`, count the outcomes and return the keys."""
    texts = ", ".join(f"{name}::text" for name in columns)
    changes = ", ".join(f"{name} = %s" for name in columns)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {texts} FROM {table} WHERE {key} > %s ORDER BY {key} LIMIT %s FOR NO KEY UPDATE",
            [after, BATCH],
        )
        rows = cursor.fetchall()
        for number, *before in rows:
            try:
                anew = [SEALED_TEXT.sub(_anew, text) for text in before]
            except KeyMissing:
                done["unopenable"] += 1
                continue
            if anew != before:
                cursor.execute(f"UPDATE {table} SET {changes} WHERE {key} = %s", [*anew, number])
            done["current" if anew == before else "resealed"] += 1
    return [number for number, *_texts in rows]


def _anew(found: re.Match[str]) -> str:
    """The sealed text, sealed with the present key. Raises KeyMissing."""
    sealed = found[0]
    return sealed if is_sealed_with_current_key(sealed) else seal(unseal(sealed))
