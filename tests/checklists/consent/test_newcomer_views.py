"""The newcomer's consent pages: two questions an office, what a person reads, the answers and what they open."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.secrecy.context import acting_as
from bookings.models import Disclosure, Newcomer
from bookings.parties.protect import protect_party
from checklists.consent.folded import ASKS, PURPOSES
from checklists.models import ConsentEvent
from tests.browser import browser_of
from tests.checklists.consent.phones import Phone, answer, hidden_fields, look, press, with_code
from tests.moment import NOW

pytestmark = pytest.mark.django_db
OFFICES = ["SKV", "KOM-0581", "FK", "AF"]  # in the order of the day
MOST_WORDS = 150  # of an office's page, whatever the language


@pytest.fixture
def phones(chain, owner, acting) -> list[Phone]:
    """Both adults' phones."""
    with acting(owner):
        links = list(chain.links.order_by("pk"))
    return [with_code(link) for link in links]


def words_shown(text: str) -> int:
    """The words of a page that are there to be read before anything is unfolded."""
    (main,) = re.findall(r"<main>(.*)</main>", text, re.DOTALL)
    main = re.sub(r"(<details.*?</summary>).*?</details>", r"\1", main, flags=re.DOTALL)
    return len(strip_tags(main).split())


def asked(text: str) -> list[str]:
    """The keys of the questions of a page."""
    return re.findall(r'<fieldset id="([^"]+)"', text)


def told(text: str) -> str:
    return " ".join(unescape(strip_tags(text)).split())


def test_a_person_is_asked_at_most_two_questions_an_office_and_ten_in_all(phones):
    page = look(*phones[0])
    assert list(dict.fromkeys(re.findall(r'href="\?[^"]*to=([\w-]+)"', page.text))) == OFFICES
    questions = [asked(look(*phones[0], to=to).text) for to in OFFICES]
    assert questions == [[f"{to}.you", f"{to}.day"] for to in OFFICES]
    assert sum(map(len, questions)) <= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_short_in_every_language(phones, language):
    words = [words_shown(look(*phones[0], to=to, language=language).text) for to in ("", *OFFICES)]
    assert max(words) <= MOST_WORDS
    assert sum(words) <= 700


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_asks_in_its_own_words_and_stays_light(phones, language):
    for to in ("", "FK"):
        page = look(*phones[0], to=to, language=language)
        assert page["Content-Language"] == LANGUAGES[language].html_lang
        assert len(page.content) < 20_000
        if language != "en":
            for words in ("May ", "Why:", "secrecy between", "You can", "answered"):
                assert words not in told(page.text)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_folded_text_is_translated(language):
    lines = [*ASKS.values(), *PURPOSES.values()]
    with override("en"):
        english = [line() for line in lines]
    with override(language):
        assert not set(english) & {line() for line in lines}


def test_saving_goes_on_to_the_next_office_until_all_is_answered(phones):
    phone, token = phones[0]
    for number, to in enumerate(OFFICES):
        assert f"{2 * number} of 8 answered" in told(look(phone, token, to=to).text)
        there = answer(phone, token, to=to, you="yes", day="no")["Location"]
        following = f"&to={OFFICES[number + 1]}" if to != OFFICES[-1] else ""
        assert there == f"/d/{token}/consents?language=en{following}"
    last = told(phone.get(there).text)
    assert "8 of 8 answered" in last
    assert "Thank you" in last


def test_a_question_without_an_answer_stays_open_and_is_come_back_to(phones):
    there = answer(*phones[0], to="FK", day="no")["Location"]
    assert there.endswith("to=AF")
    assert "1 of 2 answered" in told(look(*phones[0]).text)
    for to in ("AF", "SKV", "KOM-0581"):
        there = answer(*phones[0], to=to, you="no", day="no")["Location"]
    assert there.endswith("to=FK")


def test_yes_and_no_look_alike_and_neither_is_chosen_beforehand(phones):
    page = look(*phones[0], to="FK")
    labels = re.findall(r'<label class="([^"]*)">\s*<input ([^>]*)>', page.text)
    assert {kind for kind, _ in labels} == {"quiet"}
    values = [re.findall(r'value="(\w+)"', field) for _, field in labels]
    assert values == [["yes"], ["no"]] * 2
    assert not [field for _, field in labels if "checked" in field]


def test_one_yes_is_written_as_the_finer_answers_with_the_text_that_was_read(phones, holder):
    answer(*phones[0], to="FK", day="yes", language="ar")
    with acting_as(holder):
        events = list(ConsentEvent.objects.select_related("discloser"))
    assert {(event.category, event.discloser.code) for event in events} == {
        ("meetings", "MIG"),
        *(("checklist", code) for code in ("MIG", "SKV", "AF", "KOM")),
    }
    assert {event.language for event in events} == {"ar"}
    (text,) = {event.text for event in events}
    shown = unescape(look(*phones[0], to="FK", language="ar").text)
    assert all(line in shown for line in text.splitlines())


def test_yes_opens_the_name_and_no_takes_it_back(phones, fk, acting):
    def names() -> int:
        with acting(fk):
            return Newcomer.objects.count()

    answer(*phones[0], to="FK", you="yes")
    assert names() == 1
    assert re.search(r'name="FK.you"\s+value="yes" checked', look(*phones[0], to="FK").text)
    answer(*phones[0], to="FK", you="no")
    assert names() == 0
    with acting(fk):
        assert not Disclosure.objects.exists()


def test_what_was_answered_part_by_part_is_told_and_not_overwritten_unasked(phones, owner, acting):
    press(*phones[0], say="FK.names.MIG.yes")
    press(*phones[0], say="FK.note.MIG.no")
    page = look(*phones[0], to="FK")
    assert "You have answered the parts one by one." in told(page.text)
    assert not re.search(r'name="FK.you"[^>]*checked', page.text)
    answer(*phones[0], to="FK", day="no")
    with acting(owner):
        about_them = ConsentEvent.objects.filter(category__in=["names", "note"])
        assert list(about_them.values_list("kind", flat=True)) == ["given", "refused"]
    answer(*phones[0], to="FK", you="yes")
    assert "one by one" not in told(look(*phones[0], to="FK").text)


def test_an_answer_beside_finer_ones_given_meanwhile_is_refused_and_leaves_nothing(phones, owner, acting):
    phone, token = phones[0]
    fields = hidden_fields(look(phone, token, to="FK").text)
    press(phone, token, say="FK.note.MIG.no")
    said = {"FK.day": "yes", "FK.you": "yes"}
    refused = phone.post(f"/d/{token}/consents?to=FK&language=en", fields | said)
    assert refused.status_code == 409
    assert "Read it again" in told(refused.text)
    with acting(owner):
        assert ConsentEvent.objects.count() == 1


def test_an_answer_that_is_posted_twice_counts_once(phones, owner, acting):
    phone, token = phones[0]
    fields = hidden_fields(look(phone, token, to="FK").text)
    for _again in range(2):
        sent = phone.post(f"/d/{token}/consents?to=FK&language=en", fields | {"FK.you": "yes"})
        assert sent.status_code == 302
    with acting(owner):
        assert ConsentEvent.objects.count() == 2


@pytest.mark.parametrize("said", [{"FK.you": "maybe"}, {"XX.you": "yes"}, {"AF.you": "yes"}, {"FK.": "yes"}])
def test_an_answer_to_what_is_not_asked_is_refused(phones, said, owner, acting):
    phone, token = phones[0]
    assert phone.post(f"/d/{token}/consents?to=FK&language=en", said).status_code == 409
    with acting(owner):
        assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("to", ["", "MIG", "XX"])
def test_about_an_office_that_is_not_asked_about_nothing_is_recorded(phones, to):
    phone, token = phones[0]
    assert phone.post(f"/d/{token}/consents?to={to}&language=en", {"FK.you": "yes"}).status_code == 409


def test_a_page_left_open_after_the_code_has_ended_writes_nothing(phones, owner, acting):
    phone, token = phones[0]
    phone.cookies.clear()
    assert phone.post(f"/d/{token}/consents?to=FK", {"FK.you": "yes"}).status_code == 422
    with acting(owner):
        assert not ConsentEvent.objects.exists()


def test_an_adult_sees_nothing_of_what_the_other_has_said(phones):
    """Byte by byte the same pages, whether the other adult has said nothing, yes or no, or taken it back."""
    answer(*phones[0], to="FK", you="yes", day="yes")
    seen = [look(*phones[0], to=to).content for to in ("", "FK")]
    for said in ("yes", "no", "yes"):
        answer(*phones[1], to="FK", you=said, day=said)
        assert [look(*phones[0], to=to).content for to in ("", "FK")] == seen


def test_one_answer_has_one_receipt(phones):
    answer(*phones[0], to="FK", you="yes", day="yes")
    page = look(*phones[0], to="FK").text
    assert "Your receipts (2)" in told(page)
    assert len(set(re.findall(r"/receipts/([\w-]+)", page))) == 2
    answer(*phones[0], to="FK", you="no")
    assert "Your receipts (3)" in told(look(*phones[0]).text)


def test_after_a_protection_everything_is_asked_anew(phones, chain, owner, acting):
    answer(*phones[0], to="FK", you="no", day="yes")
    with acting(owner):
        protect_party(party=chain.party, reason="The tax agency says so.", by=owner, at=NOW)
        link = chain.links.order_by("pk").first()
    text = told(look(*with_code(link), to="FK").text)
    assert "Your yes has ended." in text


def test_another_agency_sees_what_a_folded_yes_of_both_opens(phones, chain, fk):
    for phone in phones:
        answer(*phone, to="FK", day="yes")
    shut = "They open when the party consents."
    assert shut not in browser_of(fk).get(f"/visits/{chain.reference}/").text


def test_the_page_costs_the_same_whatever_has_been_answered(phones, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as counted:
        look(*phones[0], to="FK")
    before = len(counted)
    answer(*phones[0], to="FK", you="no", day="yes")
    with django_assert_max_num_queries(30) as counted:
        look(*phones[0], to="FK")
    assert len(counted) == before


def test_the_receipt_has_the_exact_words_in_the_persons_language_and_is_ones_own(
    phones, chain, owner, acting
):
    press(*phones[0], say="FK.names.MIG.yes", language="ti")
    with acting(owner):
        event = ConsentEvent.objects.get()
    (phone, token), (other, others) = phones
    page = unescape(phone.get(f"/d/{token}/receipts/{event.key}").text)
    assert all(line in page for line in event.text.splitlines())
    assert 'lang="ti"' in page
    assert str(event.key) in page
    assert other.get(f"/d/{others}/receipts/{event.key}").status_code == 404


def test_another_language_keeps_what_was_chosen_and_records_nothing(phones):
    phone, token = phones[0]
    chosen = {"FK.you": "yes", "switch": "ti", "language": "sv"}
    page = phone.post(f"/d/{token}/consents?to=FK", chosen)
    assert (page.status_code, '<html lang="ti"' in page.text) == (200, True)
    assert re.findall(r'name="([\w.]+)"\s+value="(yes|no)" checked', page.text) == [("FK.you", "yes")]
    assert " checked>" not in look(*phones[0], to="FK").text
