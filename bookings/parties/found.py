"""Find parties by words: an index of folded words behind the owner's wall answers, nothing is scanned."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from django.db import connection, models
from django.db.models import Q, QuerySet

from bookings.models.search_words import LONGEST_WORD, SearchWord
from bookings.parties.typed import keys_in

MOST_WORDS = 8  # further ones are passed over; one sign of Unicode may be a whole sentence


def party_ids(search: str, *, today: date) -> set[int]:
    """The keys of the agency's parties, at whichever site, that all of `search` leads to.

    Each word is the beginning of a word of a name or of the case reference, or a reference, telephone number or birth
    date; or the whole text is one of the latter, with blanks in it.
    """
    chunks = search.split()[:MOST_WORDS]
    words = fold(chunks)
    each = [
        [*keys_in(chunk, today=today), *beginnings]
        for chunk, own in zip(chunks, _joined(words), strict=True)
        for beginnings in own or [[]]
    ]
    each = list(filter(None, each))[:MOST_WORDS]
    whole = keys_in(" ".join(chunks), today=today) if len(chunks) > 1 else []
    return (_with_all(each) if each else set()) | (set(_with_one(whole)) if whole else set())


def is_among(field: str, keys: Iterable[int]) -> models.Func:
    """A condition for queries: the field's key is one of these, of which there may be thousands; quicker than IN."""
    # One constant: of an ARRAY[…] PostgreSQL would read and fold each key by itself.
    array = models.Value(f"{{{','.join(map(str, keys))}}}", models.TextField())
    return models.Func(
        models.F(field),
        array,
        template="%(expressions)s::bigint[])",
        arg_joiner=" = ANY (",
        output_field=models.BooleanField(),
    )


def fold(chunks: Sequence[str]) -> list[list[str]]:
    """The words of each chunk without case, accents, marks and apostrophes, as search words are kept; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fold_words(chunk) FROM unnest(%s::text[]) WITH ORDINALITY AS typed (chunk, place) ORDER BY place",
            [list(chunks)],
        )
        return [[word[:LONGEST_WORD] for word in words] for (words,) in cursor.fetchall()]


def _joined(words: list[list[str]]) -> list[list[list[str]]]:
    """For each word how it may begin: by itself, or written together with a neighbour, as "Al Hariri" may be."""
    flat = [word for own in words for word in own]
    pairs = ["".join(pair)[:LONGEST_WORD] for pair in pairwise(flat)]
    beginnings = [[word, *pairs[max(at - 1, 0) : at + 1]] for at, word in enumerate(flat)]
    rest = iter(beginnings)
    return [[next(rest) for _ in own] for own in words]


def _with_all(each: Sequence[Sequence[str]]) -> set[int]:
    """The parties with a word for every one of `each`."""
    first, *others = (_with_one(beginnings) for beginnings in each)
    for other in others:
        first = first.filter(party_id__in=other)
    return set(first)


def _with_one(beginnings: Iterable[str]) -> QuerySet[SearchWord, int]:
    any_of = Q()
    for beginning in beginnings:
        any_of |= Q(_begins_with(beginning))
    return SearchWord.objects.filter(any_of).order_by().values_list("party_id", flat=True)


def _begins_with(beginning: str) -> models.Func:
    """Unlike LIKE it is leakproof: so the index answers before the wall has asked of each row."""
    return models.Func(
        models.F("word"), models.Value(beginning), function="starts_with", output_field=models.BooleanField()
    )
