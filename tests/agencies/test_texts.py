"""The texts of agencies, services and documents are whole, plain and neutral in every language."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from agencies.languages import LANGUAGES

ROOT = Path(__file__).parents[2]
DATA = ROOT / "agencies" / "data"
AGENCIES, SERVICES, DOCUMENTS, TRACKS, BLOCKS = (
    json.loads((DATA / f"{name}.json").read_text("utf-8"))
    for name in ("agencies", "services", "documents", "tracks", "blocks")
)
CODES = {"MIG", "SKV", "FK", "AF", "KOM", "PM"}
ENTRIES = [*AGENCIES.values(), *SERVICES.values(), *DOCUMENTS.values()]
SERVICE_TEXTS = ("title", "about", "sheet", "after")

# Words for a summons to the police or a court.
HARSH = re.compile("استدعاء|جلب|احضاریه")
# In track 1 the letter must not reveal the decision, so no text mentions what follows from one outcome only.
OUTCOME = re.compile(
    r"uppehållstillstånd|beviljad|avslag|etableringsprogram|ersättning"
    r"|residence permit|granted|refused|establishment programme"
    r"|تصريح الإقامة|برنامج الترسيخ|اجازه اقامت|برنامه استقرار"
    r"|sharciga deggenaanshaha|barnaamijka laqabsiga|መንበሪ ፍቓድ|መትከል",
    re.IGNORECASE,
)


def texts_of(entry: dict) -> Iterator[dict[str, str]]:
    """The texts of an entry, each by language."""
    return (entry[field] for field in ("name", *SERVICE_TEXTS) if field in entry)


def catalogs(language: str) -> list[Catalog]:
    """The gettext messages of the language, each file's."""
    return [
        read_po(io.BytesIO(file.read_bytes())) for file in sorted((ROOT / "locale" / language).rglob("*.po"))
    ]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_text_stands_in_six_languages_with_a_state(entry: dict) -> None:
    for text in (*texts_of(entry), entry["state"]):
        assert list(text) == list(LANGUAGES)
        assert all(words.strip() for words in text.values())
    assert set(entry["state"].values()) <= {"draft", "checked"}


def test_nothing_counts_as_checked_until_somebody_has_read_it() -> None:
    for entry in [*ENTRIES, *BLOCKS]:
        assert set(entry["state"].values()) == {"draft"}


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_text_is_harsh_or_reveals_the_decision(entry: dict) -> None:
    for text in texts_of(entry):
        for words in text.values():
            assert not HARSH.search(words)
            assert entry is DOCUMENTS["permit_decision"] or not OUTCOME.search(words)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_is_not_harsh_and_tells_the_decision_only_where_it_is_known(block: dict) -> None:
    for words in block["text"].values():
        assert not HARSH.search(words)
        assert set(block.get("tracks", [1])) <= {2, 3} or not OUTCOME.search(words)


def test_the_permits_decision_is_asked_for_only_where_it_is_known() -> None:
    asked = {
        code: document["tracks"]
        for code, service in SERVICES.items()
        for document in service["documents"]
        if document["document"] == "permit_decision"
    }
    assert asked == {"AF": [2, 3], "KOM": [2, 3]}


def test_a_block_for_everybody_stands_in_six_languages_and_one_for_a_single_person_where_it_differs() -> None:
    for block in BLOCKS:
        languages = set(block["text"])
        assert languages == set(block["state"])
        assert languages == set(LANGUAGES) or (block["condition"] == "alone" and languages <= {"sv", "so"})
        assert {code for code, state in block["state"].items() if state == "checked"} <= {"sv", "en"}


def test_a_single_person_is_never_spoken_to_as_several() -> None:
    plural = re.compile(r"\b(ni|er|ert|era)\b", re.IGNORECASE)
    alone = {(b["slot"], b.get("service"), tuple(b.get("tracks", ()))) for b in BLOCKS if "condition" in b}
    for block in BLOCKS:
        if block.get("condition") == "alone":
            assert not plural.search(block["text"].get("sv", ""))
        elif plural.search(block["text"]["sv"]):
            assert (block["slot"], block.get("service"), tuple(block.get("tracks", ()))) in alone
    for code, service in SERVICES.items():
        for slot in ("about", "sheet", "after"):
            if plural.search(service[slot]["sv"]):
                assert (slot, code, ()) in alone


def test_a_track_whose_permit_is_known_says_so_and_what_each_office_decides() -> None:
    why = {
        block["tracks"][0]: block["text"]
        for block in BLOCKS
        if block["slot"] == "why" and "condition" not in block
    }
    assert set(why) == {1, 2, 3}
    for language in LANGUAGES:
        assert OUTCOME.search(why[2][language])
        assert OUTCOME.search(why[3][language])
        assert not OUTCOME.search(why[1][language])
    decided = {b["service"] for b in BLOCKS if b["slot"] == "about" and b.get("tracks") == [2, 3]}
    assert decided == CODES


def test_the_first_paragraph_fits_in_two_lines() -> None:
    assert all(
        len(text) <= 170 for block in BLOCKS if block["slot"] == "why" for text in block["text"].values()
    )


def test_the_patterns_match_harsh_words_and_outcomes() -> None:
    assert HARSH.search("لديكم استدعاء")
    assert OUTCOME.search("Ert Uppehållstillstånd är klart.")


def test_every_agency_has_a_service_and_rules_of_attendance() -> None:
    with (DATA / "attendance.csv").open(encoding="utf-8") as file:
        rules = {row["agency"] for row in csv.DictReader(file)}
    assert set(AGENCIES) == set(SERVICES) == rules == CODES


def test_services_name_who_comes_how_long_and_what_to_bring() -> None:
    for service in SERVICES.values():
        assert service["who"] in {"adults", "everyone", "concerned", "one_adult"}
        assert 5 <= service["minutes"] <= 120
        assert 0 <= service["minutes_per_person"] <= 60
        named = [asked["document"] for asked in service["documents"]]
        assert set(named) <= set(DOCUMENTS)
        assert len(named) == len(set(named))


def test_every_document_is_asked_for_and_the_letter_comes_first() -> None:
    asked = {document["document"] for service in SERVICES.values() for document in service["documents"]}
    assert asked == set(DOCUMENTS) - {"letter"}
    assert next(iter(DOCUMENTS)) == "letter"


def test_a_document_of_the_children_is_asked_only_of_families_with_children() -> None:
    for service in SERVICES.values():
        for asked in service["documents"]:
            of_children = asked["document"] in {"birth_certificates", "school_papers"}
            assert asked["only_with_children"] is of_children


def test_every_pictogram_is_drawn() -> None:
    drawings = (ROOT / "motesplats/static/pictograms.svg").read_text("utf-8")
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', drawings))
    assert {document["pictogram"] for document in DOCUMENTS.values()} <= drawn


def test_the_tracks_name_who_summons() -> None:
    summoners = {number: track["summoned_by"] for number, track in TRACKS.items()}
    assert summoners == {"1": "MIG", "2": "AF", "3": "KOM"}
    assert all(set(track["name"]) == set(track["state"]) == {"sv", "en"} for track in TRACKS.values())


def test_the_plain_sentence_has_at_most_90_characters() -> None:
    abouts = [service["about"] for service in SERVICES.values()]
    abouts += [block["text"] for block in BLOCKS if block["slot"] == "about"]
    assert all(len(text) <= 90 for about in abouts for text in about.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_agree(language: str) -> None:
    for message in chain.from_iterable(catalogs(language)):
        *_, last_id = _forms(message.id)
        *_, last = forms = _forms(message.string)
        expected = _placeholders(last_id)
        assert all(_placeholders(form) <= expected for form in forms), message.id
        # "One" and "two" may be written out as words; the last form holds for any number.
        assert not last or _placeholders(last) == expected, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_not_harsh(language: str) -> None:
    for message in chain.from_iterable(catalogs(language)):
        assert not HARSH.search("".join(_forms(message.string)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_that_nobody_has_checked_it_yet(language: str) -> None:
    found = [catalog.get("draft", "state of this catalogue") for catalog in catalogs(language)]
    # English is the code's own language: its file holds what differs, and a draft it is called there too.
    assert [message.string for message in found if message] == ([] if language == "en" else ["draft"])


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The singular and plural forms of a message."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))
