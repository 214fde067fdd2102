"""What is shown of a person of protected identity: an alias and a masked birth date. Free of Django."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
YEARS_AHEAD = 2  # no chain is booked further ahead
TATWEEL = "\u0640"  # lengthens an Arabic word and says nothing
# Letters and digits, with the marks and invisible characters that may stand between them.
WORD = re.compile(
    "[^\\W_](?:[^\\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060])*"
)
NUMBER = re.compile(r"\+?\d(?:[\s()./–-]*\d){4,}")
SHORTEST_NUMBER, LONGEST_NUMBER = 5, 12  # digits
SHORTEST_WORD = 3  # letters, of what is no name
LONGEST_PHRASE = 12  # words


def alias(number: int, *, reference: str) -> tuple[str, str]:
    """Given and family name shown instead: `Person A` (0 is A) and the party's reference, in every language."""
    return f"Person {LETTERS[number]}", reference


def masked_birth(birth: date, *, limits: Iterable[int], today: date) -> date:
    """The first of July of the birth year, or the birth date itself if it decides soon whom the person meets.

    It does when the person reaches one of `limits` (ages in years) this year or in the next two. Otherwise the
    person is on the same side of every limit with either date until the end of those years.
    """
    coming = range(today.year, today.year + YEARS_AHEAD + 1)
    if any(birth.year + limit in coming for limit in limits):
        return birth
    return date(birth.year, 7, 1)


def without(text: str, words: Iterable[str]) -> str:
    """The text with `…` for each of the words, whatever their case and accents."""
    return masked(text, {phrase(word) for word in words if word}.__contains__)


def masked(text: str, is_secret: Callable[[str], bool]) -> str:
    """The text with `…` for every number, word or run of words whose key (as `keys_of` makes them) is secret."""
    text = unicodedata.normalize("NFC", text)
    text = NUMBER.sub(lambda found: "…" if _has_secret_digits(found[0], is_secret) else found[0], text)
    parts, end = [], 0
    for start, stop in _secret_spans(text, is_secret):
        parts += [text[end:start], "…"]
        end = stop
    return "".join([*parts, text[end:]])


def keys_of(people: Iterable[Mapping[str, str]], contact: Mapping[str, str]) -> set[str]:
    """The keys of what tells who somebody is: names, birth dates (ISO), addresses, numbers, references."""
    return {key for person in people for key in _keys_of_person(person)} | set(_keys_of_contact(contact))


def phrase(text: str) -> str:
    """The words of the text, folded, with a blank between them."""
    return " ".join(fold(word) for word in WORD.findall(unicodedata.normalize("NFC", text)))


def fold(word: str) -> str:
    """The word without case, accents and marks."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = (char for char in plain if unicodedata.category(char) not in {"Mn", "Cf"} and char != TATWEEL)
    return "".join(kept).casefold()


def _keys_of_person(person: Mapping[str, str]) -> Iterator[str]:
    names = phrase(person["given_name"]), phrase(person["family_name"])
    words = {word for name in names for word in name.split() if len(word) > 1}
    yield from words
    yield from (f"{word}s" for word in words)  # "Laylas": Layla's
    yield from filter(None, names)
    yield from ("".join(pair).replace(" ", "") for pair in (names, reversed(names)))
    yield from _keys_of_contact({name: person.get(name, "") for name in ("phone", "email")})
    born = person["birth_date"].replace("-", "")
    yield from (_number(born), _number(born[2:]))


def _keys_of_contact(contact: Mapping[str, str]) -> Iterator[str]:
    for told in filter(None, map(phrase, contact.values())):
        yield from (told, told.replace(" ", ""))
    for name in ("address", "housing"):
        yield from _long_words(contact.get(name, ""))
    yield from _long_words(contact.get("email", "").partition("@")[0])
    for part in NUMBER.findall(contact.get("address", "")):
        yield _number(part)
    phone = re.sub(r"^(46|0)", "", re.sub(r"\D", "", contact.get("phone", "")))
    yield from map(_number, _windows(phone))


def _long_words(text: str) -> Iterator[str]:
    return (word for word in phrase(text).split() if len(word) >= SHORTEST_WORD and not word.isdigit())


def _number(text: str) -> str:
    return "#" + re.sub(r"\D", "", text)


def _windows(digits: str) -> Iterator[str]:
    """Every run of five to twelve of the digits."""
    for length in range(SHORTEST_NUMBER, min(len(digits), LONGEST_NUMBER) + 1):
        yield from (digits[start : start + length] for start in range(len(digits) - length + 1))


def _has_secret_digits(text: str, is_secret: Callable[[str], bool]) -> bool:
    return any(is_secret(_number(window)) for window in _windows(re.sub(r"\D", "", text)))


def _secret_spans(text: str, is_secret: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Where secret words stand, the longest run of words first."""
    found = list(WORD.finditer(text))
    folded, at = [fold(word[0]) for word in found], 0
    while at < len(found):
        runs = range(min(LONGEST_PHRASE, len(found) - at), 0, -1)
        length = next((run for run in runs if is_secret(" ".join(folded[at : at + run]))), 0)
        if length:
            yield found[at].start(), found[at + length - 1].end()
        at += length or 1
