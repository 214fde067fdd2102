"""Who asks too often waits: in pages, in the API, per user and per address; without Redis nobody is refused."""

import pytest
from rest_framework.test import APIClient
from structlog.testing import capture_logs

from agencies.web.limits import TooMany, require_within
from bookings.models import Chain
from tests.bookings.booking_steps import book, open_days, register
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory
from tests.signing_in import key_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache", "letters_as_text", "clock"),
]


@pytest.fixture
def chain(acting) -> Chain:
    open_days()
    by = UserFactory()
    with acting(by):
        return book(register(by), by)


def test_the_one_too_many_is_refused_with_when_to_try_again(settings):
    for _ in range(3):
        require_within("tries", "somebody", (3, 90))
    with pytest.raises(TooMany) as refused:
        require_within("tries", "somebody", (3, 90))
    assert refused.value.wait == 90
    assert "2 minut" in refused.value.message
    require_within("tries", "somebody-else", (3, 90))


def test_thirty_two_letters_at_once_are_too_many(chain):
    browser = browser_of(chain.booked_by)
    answers = [browser.get(f"/chains/{chain.reference}/summons.pdf") for _ in range(32)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 12
    assert answers[-1]["Retry-After"] == "60"
    assert "Try again in 1 minute." in words_of(answers[-1])


def test_a_new_code_counts_as_a_letter(chain, settings):
    settings.LIMITS = settings.LIMITS | {"letters": (1, 60)}
    browser = browser_of(chain.booked_by)
    assert browser.get(f"/chains/{chain.reference}/summons.pdf").status_code == 200
    assert browser.post(f"/chains/{chain.reference}/renew/1/", {"generation": "1"}).status_code == 429


def test_an_office_together_has_its_limit(chain, settings):
    settings.LIMITS = settings.LIMITS | {"letters-address": (1, 60)}
    colleague = UserFactory(agency=chain.booked_by.agency)
    asked = [
        browser_of(user).get(f"/chains/{chain.reference}/summons.pdf")
        for user in (chain.booked_by, colleague)
    ]
    assert [answer.status_code for answer in asked] == [200, 429]


def test_the_search_has_a_limit_and_what_was_typed_is_looked_for_again(settings):
    settings.LIMITS = settings.LIMITS | {"search": (2, 60)}
    browser = browser_of(UserFactory())
    answers = [browser.get("/parties/", {"q": "Laylä & co"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert 'href="/parties/?q=Layl%C3%A4+%26+co"' in answers[-1].text
    assert browser.get("/parties/").status_code == 200
    assert browser_of(UserFactory()).get("/parties/", {"q": "Layla"}).status_code == 200


@pytest.mark.parametrize("address", ["/spot-check.csv"])
def test_files_have_a_limit(address, settings):
    settings.LIMITS = settings.LIMITS | {"exports": (1, 600)}
    browser = browser_of(UserFactory(role="manager"))
    assert [browser.get(address).status_code for _ in range(2)] == [200, 429]


def test_the_api_answers_with_problem_details(settings):
    settings.LIMITS = settings.LIMITS | {"api": (2, 60)}
    client = _client(key_of(UserFactory()))
    answers = [client.get("/api/v1/sites/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert answers[-1].json()["type"] == "/problems/too-many-requests"


def test_forty_wrong_tokens_from_an_address_are_too_many_and_a_right_one_goes_on():
    answers = [_client(f"{n:040x}").get("/api/v1/sites/").status_code for n in range(40)]
    assert answers == [401] * 30 + [429] * 10
    assert _client(key_of(UserFactory())).get("/api/v1/sites/").status_code == 200


def _client(key: str) -> APIClient:
    client = APIClient(headers={"Accept-Language": "en"})
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return client


def test_without_redis_nobody_is_refused_and_the_log_says_so(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    with capture_logs() as logs:
        for _ in range(3):
            require_within("tries", "somebody", (1, 60))
    assert {entry["event"] for entry in logs} == {"cache_away"}
