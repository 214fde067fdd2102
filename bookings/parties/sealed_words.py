"""Keeps text about a protected party free of what would tell who it is, without knowing it: by keyed hashes."""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.utils.crypto import salted_hmac

from bookings.links.tokens import link_keys
from bookings.models import SealedWord
from bookings.parties.masking import masked

SALT = "bookings.parties.sealed_words"


def seal_words(*, party_id: int, keys: Iterable[str], using: str = "default") -> None:
    """Store the keyed hashes of the keys (of `masking.keys_of`); those that are stored already stay."""
    sealed = (SealedWord(party_id=party_id, digest=next(_digests(party_id, word))) for word in sorted(keys))
    SealedWord.objects.using(using).bulk_create(sealed, ignore_conflicts=True)


def scrubbed(text: str, *, party_id: int) -> str:
    """The text with `…` for every word, number or address that is sealed of this party.

    Waits for a protection that begins meanwhile, so call it inside the transaction that writes the text, after its
    locks.
    """
    if not text:
        return text
    _lock(party_id, shared=True)
    digests = set(SealedWord.objects.filter(party=party_id).values_list("digest", flat=True))
    return masked(text, lambda word: not digests.isdisjoint(_digests(party_id, word))) if digests else text


def wait_for_protection(party_id: int) -> None:
    """Wait for a protection that begins just now, and let none begin before this transaction ends."""
    _lock(party_id, shared=True)


def wait_for_writers(party_id: int) -> None:
    """Wait until nobody is writing text about the party, and let nobody begin before this transaction ends."""
    _lock(party_id, shared=False)


def _lock(party_id: int, *, shared: bool) -> None:
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended('sealed words', %s))", [party_id])


def _digests(party_id: int, word: str) -> Iterator[str]:
    """The word's hash with the present LINK_KEY, then with each former one, by which older words were sealed."""
    for key in link_keys():
        yield salted_hmac(SALT, f"{party_id}:{word}", key, algorithm="sha256").hexdigest()
