"""Of all text blocks that fit, the most specific one is read; nobody reads a text that is not for them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agencies.texts.choose import Audience, Block, choose

READER = Audience(language="ar", track=2, municipality=5, conditions=("alone", "pensioner"))


def block(text: str = "x", **limits) -> Block:
    return Block(slot="about", text=text, **{"language": "ar", "state": "draft"} | limits)


def read(*blocks: Block) -> str:
    return choose(blocks, READER, slot="about", agency_code="FK", service=1).text


blocks = st.lists(
    st.builds(
        Block,
        slot=st.sampled_from(["about", "why"]),
        text=st.uuids().map(str),
        language=st.sampled_from(["ar", "sv"]),
        state=st.sampled_from(["draft", "checked"]),
        agency_code=st.sampled_from(["", "FK", "AF"]),
        service=st.sampled_from([None, 1, 2]),
        track=st.sampled_from([None, 1, 2]),
        municipality=st.sampled_from([None, 5, 6]),
        condition=st.sampled_from(["", "children", "alone", "pensioner"]),
    ),
    max_size=30,
    unique_by=lambda b: (
        b.slot, b.language, b.agency_code, b.service, b.track, b.municipality, b.condition
    ),
)  # fmt: skip


def limits(block: Block) -> set[tuple[str, object]]:
    """What narrows the block; of two conditions neither is narrower than the other."""
    named = ("agency_code", "service", "track", "municipality", "condition")
    return {(name, value) for name in named if (value := getattr(block, name))}


def fits(block: Block) -> bool:
    return (
        block.slot == "about"
        and block.agency_code in ("", "FK")
        and block.service in (None, 1)
        and block.track in (None, 2)
        and block.municipality in (None, 5)
        and block.condition in ("", "alone", "pensioner")
    )


@given(blocks)
def test_the_text_that_is_read_fits_and_none_that_fits_is_narrower(found):
    words = choose(found, READER, slot="about", agency_code="FK", service=1)
    candidates = [each for each in found if fits(each)]
    own = [each for each in candidates if each.language == "ar"] or candidates
    if not own:
        assert (words.text, words.is_checked) == ("", True)
        return
    (chosen,) = [each for each in own if each.text == words.text]
    assert not any(limits(each) > limits(chosen) for each in own)
    assert words.is_checked == (chosen.language == "ar" and chosen.state == "checked")


@given(blocks, st.randoms())
def test_the_order_of_the_rows_decides_nothing(found, dice):
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert read(*found) == read(*shuffled)


def test_what_is_closer_to_the_party_goes_first():
    ladder = [
        block("all"),
        block("agency", agency_code="FK"),
        block("service", service=1),
        block("alone", condition="alone"),
        block("pensioner", condition="pensioner"),
        block("track", track=2),
        block("municipality", municipality=5),
    ]
    for lower, higher in pairwise(ladder):
        assert read(lower, higher) == read(higher, lower) == higher.text


def test_a_reader_without_a_text_in_the_own_language_reads_the_swedish_one_as_a_draft():
    words = choose([block("svenska", language="sv", state="checked")], READER, slot="about", service=1)
    assert (words.text, words.language, words.is_checked) == ("svenska", "sv", False)
    both = [block("lokalt", language="sv", municipality=5), block("عام")]
    assert read(*both) == "عام"


def test_nothing_of_another_track_municipality_service_or_party_is_read():
    others = {"track": 1, "municipality": 6, "service": 2, "agency_code": "AF", "condition": "children"}
    for name, value in others.items():
        assert read(block(**{name: value})) == ""  # type: ignore[arg-type]  # drawn by Hypothesis
