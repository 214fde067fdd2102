"""Languages from end to end: a deaf mother, a man of one name who speaks Kurmanji, a couple who read two languages."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from agencies.languages import LANGUAGES
from bookings.links.tokens import code_of, paper_address_of, token_of
from bookings.models import Chain, Link
from bookings.summons.compose import compose
from bookings.summons.render import to_html
from tests.bookings.chains.test_amend_views import shown
from tests.browser import proposals_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
NEW = "/parties/new/"
SIGNING = {
    "sv": "svenskt teckenspråk",
    "ar": "لغة الإشارة السويدية",
    "prs": "زبان اشارهٔ سویدنی",
    "so": "luqadda dhegoolaha ee Iswiidhishka",
    "ti": "ቋንቋ ምልክት ሽወደን",
}


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.fixture
def mother(family) -> dict[str, Any]:
    """The page of a party of one, as typed."""
    alone = {"given_name": ["Layla"], "family_name": ["Haddad"], "birth_date": ["1992-05-17"], "sex": ["F"]}
    return family | alone | {"letter_language": [""]}


@pytest.fixture
def book_on_page(browser, open_days, acting, caseworker) -> Callable[[dict[str, Any]], Chain]:
    """Book the party that is typed on the page of a new party."""

    def booked(typed: dict[str, Any]) -> Chain:
        found = browser.post(NEW, typed)
        answer = browser.post(NEW, typed | {"do": "", "proposal": proposals_in(found)[0]})
        assert answer.status_code == 302, words_of(answer)
        with acting(caseworker):
            chain: Chain = Chain.objects.select_related("party", "interpreter").get()
        return chain

    return booked


@pytest.fixture
def letters(acting, caseworker) -> Callable[..., dict[str, str]]:
    """What the pages of the latest version say, in the adult's language and in Swedish, by language."""

    def read(chain: Chain, link: Link | None = None) -> dict[str, str]:
        with acting(caseworker):
            letter = compose(chain.summonses.latest("version"), link or chain.links.earliest("pk"))
            return {page.language: plain(to_html(type(letter)((page,)))) for page in letter.pages}

    return read


def opened(link: Link, language: str, *, code: str = "") -> Any:
    """The day on a phone that has scanned the letter's QR code, or only has the short address."""
    phone = Client(headers={"accept-language": "en"})
    said = {"language": language, "k": code}
    return phone.post(f"/d/{token_of(link)}", said, follow=True)


@pytest.mark.parametrize("language", ["sv", "ar", "ti"])
def test_a_deaf_mother_is_booked_on_the_page_and_letter_and_link_name_her_language(
    browser, mother, book_on_page, letters, acting, caseworker, language
):
    typed = mother | {"language": language, "interpreter_language": "svenskt teckenspråk"}
    found = browser.post(NEW, typed)
    assert "interpreter ordered outside" in words_of(found)
    chain = book_on_page(typed)
    assert (chain.party.interpreter_language, chain.party.needs_interpreter) == ("swl", True)
    assert (chain.interpreter, chain.outside_interpreter) == (None, "ordered")
    for code, words in letters(chain).items():
        assert SIGNING[code] in words
    with acting(caseworker):
        link = chain.links.select_related("newcomer__party").get()
    assert SIGNING[language] in words_of(opened(link, language, code=code_of(link)))


def test_confirming_on_the_page_and_undoing_it_are_versions_of_the_letter(
    browser, mother, book_on_page, letters
):
    chain = book_on_page(mother | {"language": "sv", "interpreter_language": "swl"})
    address = f"/chains/{chain.reference}/"
    page = browser.get(address)
    assert "The interpreter is ordered outside. Nobody of ours interprets Swedish Sign Language" in words_of(
        page
    )
    assert "Vi beställer en tolk i svenskt teckenspråk." in letters(chain)["sv"]
    (version,) = set(re.findall(r'name="version" value="(\d+)"', page.text))
    answer = browser.post(f"{address}interpreter/", {"do": "confirm", "version": version}, follow=True)
    assert "The interpreter from outside is confirmed." in words_of(answer)
    assert "En tolk i svenskt teckenspråk är bokad för hela din dag." in letters(chain)["sv"]
    stale = browser.post(f"{address}interpreter/", {"do": "undo", "version": version})
    assert stale.status_code == 409
    browser.post(f"{address}interpreter/", {"do": "undo"})
    assert "Version 3" in words_of(browser.get(address))
    assert "Vi beställer en tolk i svenskt teckenspråk." in letters(chain)["sv"]


def test_a_deaf_mother_is_registered_booked_confirmed_and_corrected_over_the_api(
    api, register, propose, post_chain, open_days
):
    alone = [{"given_name": "Layla", "family_name": "Haddad", "birth_date": "1992-05-17"}]
    party = register(language="ti", interpreter_language="swl", members=alone)
    told = api.get(f"/api/v1/parties/{party}/").json()
    assert (told["language"], told["interpreter_language"], told["needs_interpreter"]) == ("ti", "swl", True)
    assert "interpreter-ordered-outside" in {warning["type"] for warning in told["warnings"]}
    chain = post_chain(party, propose(party)[0]["id"]).json()
    assert chain["outside_interpreter"] == "ordered"
    address = f"/api/v1/chains/{chain['reference']}/"
    confirmed = api.post(f"{address}interpreter/", {"confirmed": True}).json()
    assert (confirmed["outside_interpreter"], confirmed["summons"][0]["version"]) == ("confirmed", 2)
    corrected = api.patch(f"/api/v1/parties/{party}/", {"interpreter_language": "ase"}).json()
    assert (corrected["letter_version"], corrected["must_move"]) == (3, False)
    assert api.get(address).json()["outside_interpreter"] == "ordered"
    emptied = api.patch(f"/api/v1/parties/{party}/", {"interpreter_language": None}).json()
    assert (emptied["letter_version"], emptied["interpreter_language"]) == (4, "tir")


@pytest.mark.parametrize("wrong", ["xxx", "ku", "kurmanji", "qaa", "KMR"])
def test_what_is_no_language_is_refused_beside_its_field(api, wrong):
    body = {"language": "ar", "municipality": "0581", "legal_basis": "UTL-5-1", "interpreter_language": wrong}
    member = {"given_name": "Layla", "family_name": "Haddad", "birth_date": "1992-05-17"}
    answer = api.post("/api/v1/parties/", body | {"members": [member]})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["interpreter_language"]


def test_a_man_with_one_name_who_speaks_kurmanji_and_reads_arabic(mother, book_on_page, letters):
    one = {"given_name": ["Baran"], "family_name": [""], "sex": ["M"], "interpreter_language": "Kurmanji"}
    chain = book_on_page(mother | one)
    assert chain.party.interpreter_language == "kmr"
    assert chain.outside_interpreter == "ordered", "An interpreter of Arabic is no help."
    told = letters(chain)
    assert "الكردية الكرمانجية" in told["ar"]
    assert "kurmanji" in told["sv"]
    assert "Baran" in told["ar"]


def test_a_name_of_several_languages_is_refused_and_names_them(browser, mother):
    answer = browser.post(NEW, mother | {"interpreter_language": "atong"})
    assert answer.status_code == 422
    assert "may be several languages" in words_of(answer)
    assert "(aot)" in words_of(answer)


@pytest.fixture
def couple(mother, book_on_page) -> Chain:
    """Layla reads the party's Arabic, Omar Somali."""
    two = {
        "given_name": ["Layla", "Omar"],
        "family_name": ["Haddad"] * 2,
        "birth_date": ["1992-05-17", "1989-11-02"],
        "sex": ["F", "M"],
        "letter_language": ["", "so"],
    }
    return book_on_page(mother | two)


@pytest.mark.parametrize(("name", "language"), [("Layla", "ar"), ("Omar", "so")])
def test_each_adult_of_a_couple_has_letter_address_page_and_code_page_in_the_own_language(
    couple, letters, acting, caseworker, name, language
):
    with acting(caseworker):
        link = couple.links.select_related("newcomer__party").get(newcomer__given_name=name)
        address = paper_address_of(link, language=link.newcomer.letter_language)
    assert list(letters(couple, link)) == [language, "sv"]
    path, _, fragment = address.partition("#")
    assert fragment == code_of(link)
    assert path.partition("?")[2] == ("language=so" if language == "so" else "")  # else the phone's own
    phone = Client(headers={"accept-language": language})
    first = phone.get("/d/" + path.partition("/d/")[2])
    assert first["Content-Language"] == LANGUAGES[language].html_lang
    day = opened(link, language, code=code_of(link))
    assert f'<html lang="{LANGUAGES[language].html_lang}"' in day.text
    phone.post(f"/d/{token_of(link)}", {"language": language})
    asked = phone.get(f"/d/{token_of(link)}/consents")
    assert 'name="code"' in asked.text
    assert f'<html lang="{LANGUAGES[language].html_lang}"' in asked.text


def test_the_correction_page_changes_the_interpreter_and_an_adults_letter(
    browser, couple, acting, caseworker
):
    address = f"/parties/{couple.party.reference}/amend/"
    sent = shown(browser.get(address))
    assert sent["interpreter_language"] == [""], "As the letter's language says."
    assert sent["letter_language"] == ["so", ""]  # the eldest first
    answer = browser.post(address, sent | {"letter_language": ["ti", ""]}, follow=True)
    assert "Version 2 of the letter is being printed." in words_of(answer)
    sent = shown(browser.get(address))
    answer = browser.post(address, sent | {"interpreter_language": ["turkiska"]}, follow=True)
    assert answer.redirect_chain == [(f"/chains/{couple.reference}/move/", 302)]
    assert "interpreter ordered outside" in words_of(answer)
    sent = shown(browser.get(address))
    assert sent["interpreter_language"] == ["turkiska / Turkish / Türkçe (tur)"]
    answer = browser.post(address, sent | {"needs_interpreter": ["no"]}, follow=True)
    assert "Version 3 of the letter is being printed." in words_of(answer)
    with acting(caseworker):
        chain = Chain.objects.get()
        assert (chain.must_move, chain.interpreter, chain.outside_interpreter) == (False, None, "")


def test_a_code_that_the_list_has_no_more_stays_when_something_else_is_corrected(
    browser, couple, acting, caseworker
):
    with acting(caseworker):
        type(couple.party).objects.update(interpreter_language="qqq")
    address = f"/parties/{couple.party.reference}/amend/"
    answer = browser.post(address, shown(browser.get(address)) | {"phone": ["070-174 06 99"]}, follow=True)
    assert answer.status_code == 200
    with acting(caseworker):
        assert type(couple.party).objects.get().interpreter_language == "qqq"
    for page in (f"/chains/{couple.reference}/", f"/parties/{couple.party.reference}/", "/", "/parties/"):
        assert browser.get(page).status_code == 200


def test_a_childs_own_letter_is_refused_beside_its_field_on_the_page_and_over_the_api(browser, family, api):
    said = "A child gets no letter. Only an adult chooses a language for it."
    answer = browser.post(NEW, family | {"letter_language": ["", "", "so", ""]})
    assert answer.status_code == 422
    assert 'id="id_member3_letter_language_error"' in answer.text
    assert said in words_of(answer)
    child = {
        "given_name": "Sami",
        "family_name": "Haddad",
        "birth_date": "2015-03-28",
        "letter_language": "so",
    }
    adult = {"given_name": "Layla", "family_name": "Haddad", "birth_date": "1992-05-17"}
    body = {"language": "ar", "municipality": "0581", "legal_basis": "UTL-5-1", "members": [adult, child]}
    refused = api.post("/api/v1/parties/", body)
    assert refused.status_code == 422
    assert refused.json()["violations"][0]["pointer"] == "#/members/1/letter_language"
