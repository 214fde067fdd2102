"""An agency's own sign-in: written by one, tried, switched on by another; the secret is never shown again."""

from collections.abc import Iterator

import pytest

from agencies.directory.provider import require_https
from agencies.directory.try_provider import try_provider
from agencies.models import IdentityProvider, IdentityProviderChange
from agencies.secrecy.sealing import unseal
from agencies.sites.saving import ValueNotAllowed
from tests.agencies.sign_in.provider import CLIENT, SECRET, Provider, running_provider
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory, the_agency

pytestmark = pytest.mark.django_db
PAGE, ADDRESS = "/agencies/AF/", "/agencies/AF/sign-in/"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.forget()
    return running


@pytest.fixture
def manager():
    return browser_of(ManagerFactory(agency="AF"))


@pytest.fixture
def written(provider, manager) -> IdentityProvider:
    typed = inputs(manager, ADDRESS) | {"issuer": provider.address, "client_id": CLIENT, "secret": SECRET}
    assert manager.post(ADDRESS, typed)["Location"] == PAGE
    return IdentityProvider.objects.get()


def switch(browser, on: str = "yes"):
    version = inputs(browser, ADDRESS)["version"]
    return browser.post(f"{ADDRESS}switch/", {"on": on, "version": version})


def test_whoever_wrote_it_does_not_switch_it_on_but_a_second_person_does(written, manager):
    assert not written.is_on
    refused = switch(manager)
    assert refused.status_code == 409
    assert "Another person switches it on" in words_of(refused)
    assert switch(browser_of(SecretariatFactory()))["Location"] == PAGE
    assert IdentityProvider.objects.get().is_on
    assert IdentityProviderChange.objects.filter(by__isnull=False).count() == 2


def test_while_it_is_off_nobody_signs_in_there(written, manager, client):
    assert "/sign-in/at/af/" not in client.get("/sign-in/").text
    assert client.get("/sign-in/at/af/").status_code != 302
    switch(browser_of(ManagerFactory(agency="AF")))
    assert "/sign-in/at/af/" in client.get("/sign-in/").text
    assert client.get("/sign-in/at/af/").status_code == 302


def test_a_change_switches_it_off_until_a_second_person_has_looked(written, manager, provider):
    switch(browser_of(SecretariatFactory()))
    same = inputs(manager, ADDRESS)
    assert manager.post(ADDRESS, same)["Location"] == PAGE
    assert IdentityProvider.objects.get().is_on
    manager.post(ADDRESS, inputs(manager, ADDRESS) | {"client_id": "another"})
    assert not IdentityProvider.objects.get().is_on


def test_the_secret_is_sealed_kept_when_left_empty_and_never_shown(written, manager):
    assert unseal(written.sealed_secret) == SECRET
    assert SECRET not in manager.get(ADDRESS).text
    manager.post(ADDRESS, inputs(manager, ADDRESS) | {"client_id": "another"})
    assert unseal(IdentityProvider.objects.get().sealed_secret) == SECRET


def test_trying_it_says_in_words_that_it_works(written, manager):
    page = words_of(manager.post(f"{ADDRESS}try/"))
    assert "Its configuration is found and complete." in page
    assert "It has keys by which it signs." in page
    assert "Does not work" not in page


@pytest.mark.parametrize(
    ("lies", "said"),
    [
        ({"jwks_uri": None}, "Its configuration lacks: jwks_uri."),
        ({"issuer": "https://other.example"}, "It calls itself https://other.example"),
        ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, "not safe enough"),
        ({"response_types_supported": ["id_token"]}, "does not offer the code flow"),
        ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
        ({"claims_supported": ["sub"]}, "does not say that it tells email"),
        (
            {"issuer": "https://af.example"},
            "Not at https://: authorization_endpoint, token_endpoint, jwks_uri",
        ),
        ({"jwks_uri": "http://127.0.0.1:9/"}, "Its keys cannot be read"),
        ({"jwks_uri": "nonsense"}, "Its keys cannot be read"),
    ],
)
def test_trying_it_says_in_words_what_does_not(written, manager, provider, lies, said):
    provider.lies["configuration"] = lies
    page = words_of(manager.post(f"{ADDRESS}try/"))
    assert said in page
    assert "Does not work" in page


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://127.0.0.1:9/nobody"])
def test_where_nobody_answers_that_is_said(address):
    [found] = try_provider(IdentityProvider(issuer=address))
    assert not found.works
    assert "ConnectionError" in found.words


def test_only_the_agency_s_keepers_reach_it(written):
    other = browser_of(ManagerFactory(agency="FK"))
    assert other.get(ADDRESS).status_code == 404
    assert other.post(f"{ADDRESS}try/").status_code == 404
    assert other.post(f"{ADDRESS}switch/", {"on": "yes", "version": "1"}).status_code == 404


def test_what_is_no_address_or_another_s_key_is_refused(written, manager):
    typed = inputs(manager, ADDRESS)
    assert manager.post(ADDRESS, typed | {"issuer": "not an address"}).status_code == 422
    other = browser_of(ManagerFactory(agency="FK"))
    address = "/agencies/FK/sign-in/"
    answer = other.post(
        address, inputs(other, address) | {"key": "af", "issuer": "https://fk.example", "client_id": "x"}
    )
    assert answer.status_code == 422
    assert not IdentityProvider.objects.filter(agency=the_agency("FK")).exists()


def test_where_this_house_has_https_so_has_the_provider(settings):
    settings.HTTPS = True
    with pytest.raises(ValueNotAllowed):
        require_https("http://af.example")
    require_https("https://af.example")
