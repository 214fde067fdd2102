"""The paper code: asked for, kept for half an hour, closed after ten wrong ones whatever becomes of the request."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from agencies.models import User
from agencies.secrecy.context import NOBODY, acting_as
from bookings.links.paper_code import MOST_WRONG, CodeClosed, WrongCode, verify_code
from bookings.links.tokens import code_of, paper_address_of, token_of
from bookings.models import CodeTries, Link
from bookings.newcomer.code_views import COOKIE, require_code
from bookings.references import as_printed
from bookings.summons.issue import renew_link
from tests.browser import browser_of
from tests.factories.agencies import UserFactory
from tests.factories.bookings import ChainFactory, PartyFactory, SummonsFactory

pytestmark = pytest.mark.django_db
WRONG = "34679CDF"


@pytest.fixture
def caseworker(db) -> User:
    return UserFactory()


@pytest.fixture
def link(caseworker, acting) -> Link:
    with acting(caseworker):
        party = PartyFactory(registered_by=caseworker)
        chain = ChainFactory(party=party)
        SummonsFactory(chain=chain)
        link = Link(chain=chain, newcomer=party.members.first(), generation=0)
        link.save()
        return renew_link(link=link, by=caseworker, at=timezone.now())


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


def type_code(phone: Client, link: Link, code: str, *, onward: str = "consents", language: str = "en"):
    asked = {"code": code, "onward": onward, "language": language}
    return phone.post(f"/d/{token_of(link)}/key", asked)


def required(phone: Client, link: Link, method: str = "get"):
    request = getattr(RequestFactory(), method)(f"/d/{token_of(link)}/consents")
    request.COOKIES = {name: morsel.value for name, morsel in phone.cookies.items()}
    with acting_as(NOBODY):
        return require_code(request, token_of(link))


@pytest.mark.parametrize(
    "typed", ["k7qt 4mnp", "K7QT-4MNP", "ｋ7qt4mnp", "K٧QT٤MNP", "k۷qt۴mnp", "K1Q T4MNP"]
)
def test_a_code_is_read_as_it_was_printed(typed):
    assert as_printed(typed) == "K7QT4MNP"


def test_the_right_code_is_kept_for_this_link_and_half_an_hour(phone, link):
    answer = type_code(phone, link, code_of(link).lower(), onward="readings", language="ar")
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token_of(link)}/readings?language=ar")
    assert answer["Cache-Control"] == "no-store"
    kept = answer.cookies[COOKIE]
    assert (kept["path"], kept["max-age"]) == (f"/d/{token_of(link)}", 1800)
    assert (kept["httponly"], kept["samesite"]) == (True, "Strict")
    assert code_of(link) not in kept.value
    assert required(phone, link) == link


def test_the_kept_code_ends(phone, link):
    type_code(phone, link, code_of(link))
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert required(phone, link).status_code == 200
        assert required(phone, link, "post").status_code == 422


def test_without_the_code_every_link_is_answered_alike(phone, link):
    bodies = set()
    for token in (token_of(link), "A" * 22):
        answer = phone.get(f"/d/{token}/key", headers={"accept-language": "ti"})
        assert answer["Content-Language"] == "ti"
        bodies.add(answer.text.replace(token, ""))
    assert len(bodies) == 1


def test_a_forged_cookie_asks_again(phone, link):
    phone.cookies[COOKIE] = f"{link.code_hash}:1:forged"
    assert required(phone, link).status_code == 200


def test_the_cookie_of_another_link_opens_nothing(phone, link, caseworker, acting):
    type_code(phone, link, code_of(link))
    with acting(caseworker):
        other = Link(chain=link.chain, newcomer=link.chain.party.members.last(), generation=0)
        other.save()
        other = renew_link(link=other, by=caseworker, at=timezone.now())
    assert required(phone, other).status_code == 200


def test_a_wrong_code_says_so_in_the_readers_language_and_keeps_what_was_typed(phone, link):
    answer = type_code(phone, link, WRONG, language="sv")
    assert answer.status_code == 422
    assert "Det är inte koden i ditt brev" in answer.text
    assert f'value="{WRONG}"' in answer.text
    assert COOKIE not in answer.cookies


def test_a_wrong_code_is_a_refused_attempt(phone, link, monkeypatch):
    told = []
    monkeypatch.setattr(
        "agencies.read_log_middleware.log_attempt", lambda **said: told.append(said["reason"])
    )
    type_code(phone, link, WRONG)
    type_code(phone, link, code_of(link))
    assert told == ["wrong-code"]


def test_the_tenth_wrong_code_closes_it_for_the_right_one_too(phone, link):
    answers = [type_code(phone, link, WRONG) for _ in range(MOST_WRONG)]
    assert [answer.status_code for answer in answers] == [422] * 9 + [409]
    assert "Tries left: 1" in answers[8].text
    last = type_code(phone, link, code_of(link))
    assert last.status_code == 409
    assert "Ask at the desk for a new letter" in last.text


def test_a_try_stays_counted_when_the_request_is_rolled_back(link):
    for _ in range(MOST_WRONG):
        with pytest.raises((WrongCode, CodeClosed)), transaction.atomic():
            verify_code(link=link, typed=WRONG, at=timezone.now())
    with pytest.raises(CodeClosed):
        verify_code(link=link, typed=code_of(link), at=timezone.now())


def test_a_new_letter_opens_again_and_closes_the_old_link(phone, link, caseworker, acting):
    old, code = token_of(link), code_of(link)
    for _ in range(MOST_WRONG):
        type_code(phone, link, WRONG)
    with acting(caseworker):
        new = renew_link(link=link, by=caseworker, at=timezone.now())
        assert renew_link(link=link, by=caseworker, at=timezone.now()).generation == new.generation
        assert [event.kind for event in new.chain.events.all()].count("renewed") == 2
    assert phone.post(f"/d/{old}/key", {"code": code, "onward": "consents"}).status_code == 404
    assert type_code(phone, new, code_of(new)).status_code == 302


def test_a_stranger_gets_the_day_links_answer(phone, link):
    answer = phone.post("/d/AAAA/key", {"code": code_of(link), "onward": "consents", "language": "en"})
    assert answer.status_code == 404
    assert answer.content == phone.post("/d/AAAA", {"language": "en"}).content


@pytest.mark.parametrize("onward", ["", "//evil.example", "https:evil", "../parties"])
def test_nobody_is_sent_elsewhere(phone, link, onward):
    answer = type_code(phone, link, code_of(link), onward=onward)
    assert answer.status_code == 422
    assert "evil" not in answer.text


def test_the_letters_qr_code_carries_the_code_into_the_form(phone, link):
    address = paper_address_of(link).removeprefix("http://localhost:8111").split("/d/")[1]
    screen = phone.get(f"/d/{address}")
    assert f'name="k" value="{code_of(link)}"' in screen.text
    assert not screen.cookies
    assert 'name="k"' not in phone.get(f"/d/{token_of(link)}?k=<x>").text


def test_the_owner_sees_the_tries_and_nobody_else(phone, link, acting, caseworker):
    type_code(phone, link, WRONG)
    query = CodeTries.objects.filter(token_hash=link.token_hash)
    assert not query.exists()
    with acting(UserFactory(agency="AF")):
        assert not query.exists()
    with acting(caseworker), connection.cursor() as cursor:
        cursor.execute("UPDATE bookings_codetries SET wrong = 0")
        assert cursor.rowcount == 0


def test_the_owner_renews_a_link_on_the_chains_page(book, browser, caseworker, acting):
    chain = book()
    with acting(caseworker):
        before = list(chain.links.all())
        name = before[0].newcomer.given_name
    assert name in browser.get(f"/chains/{chain.reference}/renew/1/").text
    for _press in range(2):
        answer = browser.post(f"/chains/{chain.reference}/renew/1/", {"generation": "1"})
        assert answer["Location"] == f"/chains/{chain.reference}/"
    with acting(caseworker):
        after = list(chain.links.all())
    assert [link.generation for link in after] == [2, 1]
    assert after[0].code_hash != before[0].code_hash
    assert "new code and link" in browser.get(f"/chains/{chain.reference}/").text
    assert browser.get(f"/chains/{chain.reference}/renew/3/").status_code == 404


def test_another_agency_renews_nothing(book, caseworker):
    chain = book()
    stranger = browser_of(UserFactory(agency="AF"))
    assert stranger.post(f"/chains/{chain.reference}/renew/1/", {"generation": "1"}).status_code == 404


def test_tries_side_by_side_are_counted_one_by_one(link):
    def try_wrong(_number: int) -> type[Exception]:
        try:
            verify_code(link=link, typed=WRONG, at=timezone.now())
        except (WrongCode, CodeClosed) as refusal:
            return type(refusal)

    with ThreadPoolExecutor(8) as threads:
        refused = list(threads.map(try_wrong, range(2 * MOST_WRONG)))
    assert (refused.count(WrongCode), refused.count(CodeClosed)) == (MOST_WRONG - 1, MOST_WRONG + 1)
