"""An agency's identity provider signs in the agency's staff, creates no users, and must sign its tokens."""

from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from agencies.models import IdentityProvider, User
from agencies.secrecy.sealing import seal
from tests.agencies.sign_in.provider import CLIENT, SECRET, running_provider
from tests.factories.agencies import UserFactory, the_agency
from tests.signing_in import code_now, connect_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


@pytest.fixture(scope="module")
def running():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running):
    running.signs_with = running.key
    running.person = {"sub": "af-1", "email": "karin@af.example", "email_verified": True}
    return running


@pytest.fixture
def entry(provider) -> IdentityProvider:
    return IdentityProvider.objects.create(
        agency=the_agency("AF"),
        key="af",
        issuer=provider.address,
        client_id=CLIENT,
        sealed_secret=seal(SECRET),
        has_second_factor=True,
    )


@pytest.fixture
def karin(entry) -> User:
    return UserFactory(username="karin", agency="AF", email="Karin@AF.example", password="!")


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def walk(browser: Client, address: str = "/sign-in/at/af/"):
    """Go to the provider and back, as a browser does."""
    away = browser.get(address)
    back = urlsplit(requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"])
    return browser.get(f"{back.path}?{back.query}")


def is_in(browser: Client) -> bool:
    return browser.get("/").status_code == 200


def test_the_sign_in_page_links_to_the_provider(browser, karin):
    assert 'href="/sign-in/at/af/"' in browser.get("/sign-in/").text


def test_a_user_is_found_by_the_verified_address_and_later_by_the_provider_s_id(browser, karin, provider):
    assert walk(browser, "/sign-in/at/af/?next=/parties/").url == "/parties/"
    assert is_in(browser)
    assert browser.session["_auth_user_id"] == str(karin.pk)
    provider.person["email"] = "karin.new@af.example"
    again = Client()
    walk(again)
    assert again.session["_auth_user_id"] == str(karin.pk)


def test_the_provider_s_second_factor_counts_if_it_is_set_to(browser, karin, entry):
    IdentityProvider.objects.update(has_second_factor=False)
    walk(browser)
    assert browser.get("/").url == "/my-sign-in/"
    connect_app(karin)
    other = Client()
    assert walk(other).url == "/sign-in/code/"
    assert not is_in(other)
    other.post("/sign-in/code/", {"code": code_now()})
    assert is_in(other)


@pytest.mark.parametrize(
    "said",
    [
        {"email": "nobody@af.example"},
        {"email_verified": False},
        {"email": "olle@mig.example"},
        {"email": "gone@af.example"},
        {"email": "twice@af.example"},
        {"email": None},
        {"aud": "somebody else"},
        {"iss": "https://elsewhere.example"},
        {"exp": 1},
    ],
    ids=str,
)
def test_whoever_is_not_of_the_agency_s_staff_is_refused(browser, karin, provider, said):
    UserFactory(agency="MIG", email="olle@mig.example")
    UserFactory(agency="AF", email="gone@af.example", is_active=False)
    UserFactory.create_batch(2, agency="AF", email="twice@af.example")
    before = User.objects.count()
    provider.person |= said
    answer = walk(browser)
    assert answer.status_code in {401, 403}
    assert "did not let you in" in answer.text
    assert not is_in(browser)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_token_with_another_signature_is_refused(browser, karin, provider):
    provider.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert walk(browser).status_code in {401, 403}
    assert not is_in(browser)


def test_a_user_who_has_moved_to_another_agency_is_refused(browser, karin):
    walk(browser)
    User.objects.filter(pk=karin.pk).update(agency=the_agency("MIG"))
    other = Client()
    assert walk(other).status_code == 403
    assert not is_in(other)


def test_a_closed_user_is_refused(browser, karin):
    walk(browser)
    User.objects.filter(pk=karin.pk).update(is_active=False)
    assert not is_in(browser)
    assert walk(Client()).status_code == 403


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_the_provider_is_for_signing_in_only(browser, karin, process):
    assert walk(browser, f"/sign-in/at/af/?process={process}").status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("query", ["", "?code=a&state=b", "?error=access_denied", "?code=a"])
def test_a_forged_callback_is_refused(browser, karin, query):
    answer = browser.get(f"/sign-in/at/af/back/{query}", follow=True)
    assert "did not let you in" in answer.text
    assert not is_in(browser)


def test_an_unknown_provider_answers_404(browser, karin):
    assert browser.get("/sign-in/at/nobody/").status_code == 404
    assert browser.get("/sign-in/at/openid_connect/").status_code == 404
    assert browser.get("/sign-in/at/nobody/back/").status_code == 404


def test_a_provider_that_does_not_answer_gives_502(browser, karin, entry):
    IdentityProvider.objects.update(issuer="http://127.0.0.1:9")
    answer = browser.get("/sign-in/at/af/")
    assert answer.status_code == 502
    assert "did not let you in" in answer.text


def test_its_secret_is_stored_encrypted(entry):
    assert SECRET not in IdentityProvider.objects.get().sealed_secret
