"""The texts of steps, outcomes and referrals are whole in six languages and tell no outcome of a case."""

import json
from pathlib import Path

import pytest

from agencies.languages import LANGUAGES
from agencies.reference import read_json
from tests.agencies.test_texts import HARSH, OUTCOME

DATA = Path(__file__).parents[2] / "checklists" / "data"
STEPS, OUTCOMES, KINDS = (
    json.loads((DATA / f"{name}.json").read_text("utf-8")) for name in ("steps", "outcomes", "referral_kinds")
)
TEXTS = ("text", "name", "purpose", "precondition", "started_by")
ENTRIES = {**STEPS, **OUTCOMES, **KINDS}


@pytest.mark.parametrize("key", ENTRIES)
def test_every_text_stands_in_six_languages_with_a_state(key):
    entry = ENTRIES[key]
    for text in [entry["state"], *(entry[name] for name in TEXTS if name in entry)]:
        assert list(text) == list(LANGUAGES)
        assert all(words.strip() for words in text.values())
    assert {entry["state"][language] for language in ("ar", "prs", "so", "ti")} == {"draft"}


@pytest.mark.parametrize("key", STEPS)
def test_a_step_is_short_and_neutral(key):
    for text in STEPS[key]["text"].values():
        assert len(text) <= 80
        assert not OUTCOME.search(text)
        assert not HARSH.search(text)


def test_each_agency_has_steps_and_each_outcome_exists():
    assert {step["agency"] for step in STEPS.values()} == set(read_json("services.json"))
    assert {code for step in STEPS.values() for code in step["outcomes"]} == set(OUTCOMES)


def test_a_referral_names_its_source():
    assert all(kind["source"] for kind in KINDS.values())
