"""An agency's identity provider signs in the agency's staff, creates no users, and must sign its tokens."""

import json
import re
from importlib import import_module
from time import time_ns
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import connection
from django.test import Client

from agencies.models import IdentityProvider, User
from agencies.secrecy.sealing import seal
from agencies.sign_in.openid import without_tls
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
    running.forget()
    running.person = {
        "sub": "af-1",
        "email": "karin@af.example",
        "email_verified": True,
        "amr": ["pwd", "mfa"],
    }
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
    back = urlsplit(requests.get(away["Location"], allow_redirects=False, timeout=30).headers["Location"])
    return browser.get(f"{back.path}?{back.query}")


def is_in(browser: Client) -> bool:
    return browser.get("/").status_code == 200


def assert_refused(answer, browser: Client) -> None:
    """A page that says so in words, and nobody is signed in."""
    assert answer.status_code in {401, 403}
    assert "did not let you in" in answer.text
    assert not is_in(browser)


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


def test_the_provider_s_second_factor_counts_only_if_it_says_that_it_has_asked(
    browser, karin, entry, provider
):
    for said in ({"amr": ["pwd"]}, {"amr": "mfa"}, {"amr": None}, {"acr": "loa1", "amr": []}):
        provider.person |= said
        other = Client()
        walk(other)
        assert other.get("/")["Location"] == "/my-sign-in/"
    IdentityProvider.objects.update(
        second_factor_values="loa3 http://schemas.microsoft.com/claims/multipleauthn"
    )
    provider.person |= {"acr": "loa3"}
    walk(browser)
    assert is_in(browser)


@pytest.mark.parametrize("is_signed", [False, True])
def test_claims_that_only_user_info_tells_are_fetched_there(browser, karin, provider, is_signed):
    provider.at_user_info = {"email", "email_verified"}
    provider.signs_user_info = is_signed
    walk(browser)
    assert is_in(browser)


def test_what_is_needed_is_asked_for_by_the_claims_parameter(browser, karin, entry, provider):
    walk(browser)
    needed = {"email": {"essential": True}, "email_verified": {"essential": True}}
    asked = json.loads(provider.asked["claims"])
    assert asked["userinfo"] == needed
    assert asked["id_token"] == needed | {"acr": None, "amr": None}
    provider.lies = {"configuration": {"claims_parameter_supported": False}}
    walk(Client())
    assert "claims" not in provider.asked


def test_state_and_nonce_are_new_each_time_and_long(browser, karin, provider):
    seen = []
    for _ in range(2):
        walk(Client())
        seen += [provider.asked["state"], provider.asked["nonce"]]
    assert len(set(seen)) == 4
    assert min(map(len, seen)) >= 43


def test_the_secret_is_shown_the_way_the_provider_offers(browser, karin, provider):
    provider.auth_methods = ["client_secret_basic"]
    walk(browser)
    assert is_in(browser)


def test_the_address_line_adds_nothing_to_what_is_asked(browser, karin, provider):
    forged = "redirect_uri=https%3A%2F%2Felsewhere.example%26prompt%3Dnone%26nonce%3Dmine%26state%3Dmine"
    walk(browser, f"/sign-in/at/af/?scope=offline_access&auth_params={forged}")
    assert is_in(browser)
    assert "prompt" not in provider.asked
    assert "offline_access" not in provider.asked["scope"]


def test_an_address_that_is_not_said_to_be_verified_counts_where_the_provider_is_trusted(
    browser, karin, provider
):
    """As with Entra ID and AD FS."""
    del provider.person["email_verified"]
    assert_refused(walk(browser), browser)
    IdentityProvider.objects.update(email_is_verified=True)
    walk(browser)
    assert is_in(browser)


@pytest.mark.parametrize("claim", ["upn", "employeeHsaId", "preferred_username"])
@pytest.mark.parametrize("where", ["ID token", "UserInfo"])
def test_people_may_be_known_by_another_claim(browser, karin, provider, claim, where):
    IdentityProvider.objects.update(claim=claim)
    provider.person |= {claim: "SE2321000016-Karin"}
    provider.at_user_info = {claim} if where == "UserInfo" else set()
    assert_refused(walk(browser), browser)
    User.objects.filter(pk=karin.pk).update(known_as="se2321000016-karin")
    walk(browser)
    assert is_in(browser)


LIES = {
    "another nonce": {"id_token": {"nonce": "another"}},
    "no nonce": {"id_token": {"nonce": None}},
    "another issuer": {"id_token": {"iss": "https://elsewhere.example"}},
    "expired": {"id_token": {"exp": 1}},
    "without end": {"id_token": {"exp": None}},
    "of tomorrow": {"id_token": {"nbf": 9_999_999_999}},
    "for somebody else": {"id_token": {"aud": "somebody else"}},
    "for several": {"id_token": {"aud": [CLIENT, "somebody else"]}},
    "made for another": {"id_token": {"aud": [CLIENT, "b"], "azp": "b"}},
    "nobody": {"id_token": {"sub": ""}},
    "a number": {"id_token": {"sub": 7}},
    "endless": {"id_token": {"sub": "x" * 300}},
    "a list for an address": {"id_token": {"email": ["karin@af.example"]}},
    "a text for verified": {"id_token": {"email_verified": "no"}},
    "a zero in the address": {"id_token": {"email": "karin\x00@af.example"}},
    "no token": {"token": {"id_token": None}},
    "half a token": {"token": {"id_token": "a.b"}},
    "a number for a token": {"token": {"access_token": 7}},
    "another in the answer": {"answer": {"iss": "https://elsewhere.example"}},
    "none in the answer": {"answer": {"iss": None}},
    "a code of its own": {"answer": {"code": "made up"}},
    "another's configuration": {"configuration": {"issuer": "https://elsewhere.example"}},
    "no keys": {"configuration": {"jwks_uri": None}},
    "keys that are none": {"configuration": {"jwks_uri": "PROVIDER/userinfo"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_provider_that_lies_gets_a_page_and_nobody_in(browser, karin, provider, lie):
    provider.lies = json.loads(json.dumps(LIES[lie]).replace("PROVIDER", provider.address))
    away = browser.get("/sign-in/at/af/")
    if away.status_code == 302:
        back = urlsplit(requests.get(away["Location"], allow_redirects=False, timeout=30).headers["Location"])
        away = browser.get(f"{back.path}?{back.query}")
    assert_refused(away, browser)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("is_signed", [False, True])
@pytest.mark.parametrize(
    "lie", [{"sub": "af-2"}, {"sub": None}, {"iss": "https://else.example"}, {"aud": "else"}]
)
def test_user_info_of_somebody_else_is_refused(browser, karin, provider, lie, is_signed):
    provider.at_user_info = {"email", "email_verified"}
    provider.signs_user_info = is_signed
    provider.lies = {"user_info": lie}
    answer = walk(browser)
    if is_signed or "sub" in lie:
        assert_refused(answer, browser)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_the_provider_s_key_has_not_signed_is_refused(browser, karin, provider, algorithm):
    provider.algorithm, provider.signs_with = algorithm, SECRET.ljust(40)
    assert_refused(walk(browser), browser)


def test_an_answer_is_good_once_and_in_its_own_browser(browser, karin):
    away = browser.get("/sign-in/at/af/")
    back = urlsplit(requests.get(away["Location"], allow_redirects=False, timeout=30).headers["Location"])
    address = f"{back.path}?{back.query}"
    assert_refused(Client(headers={"accept-language": "en"}).get(address), Client())
    assert browser.get(address).status_code == 302
    assert is_in(browser)
    assert "did not let you in" in browser.get(address).text


def test_clocks_may_differ_by_half_a_minute(browser, karin, provider):
    now = time_ns() // 10**9
    provider.lies = {"id_token": {"iat": now + 30, "exp": now - 30}}
    walk(browser)
    assert is_in(browser)


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
    assert_refused(walk(browser), browser)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_state_that_somebody_has_changed_is_refused(browser, karin):
    away = browser.get("/sign-in/at/af/")
    back = urlsplit(requests.get(away["Location"], allow_redirects=False, timeout=30).headers["Location"])
    for forged in ({"state": "mine"}, {"state": ""}, {}):
        said = {name: value for name, (value,) in parse_qs(back.query).items() if name != "state"} | forged
        assert_refused(browser.get(back.path, said), browser)


def test_a_nonce_that_somebody_has_changed_on_the_way_out_is_refused(browser, karin):
    away = browser.get("/sign-in/at/af/")["Location"]
    changed = re.sub("nonce=[^&]+", f"nonce={'n' * 64}", away)
    assert changed != away
    back = urlsplit(requests.get(changed, allow_redirects=False, timeout=30).headers["Location"])
    assert_refused(browser.get(f"{back.path}?{back.query}"), browser)


def test_a_subject_of_another_issuer_is_somebody_else(browser, karin, provider, entry):
    """The agency changes its provider: whoever has Karin's `sub` there is not Karin."""
    walk(browser)
    assert is_in(browser)
    provider.person |= {"email": "olle@af.example"}
    with running_provider() as other:
        other.person = provider.person
        IdentityProvider.objects.update(issuer=other.address)
        stranger = Client(headers={"accept-language": "en"})
        assert_refused(walk(stranger), stranger)
        olle = UserFactory(username="olle", agency="AF", email="olle@af.example", password="!")
        walk(stranger)
        assert stranger.session["_auth_user_id"] == str(olle.pk)
    IdentityProvider.objects.update(issuer=provider.address)
    again = Client()
    walk(again)
    assert again.session["_auth_user_id"] == str(karin.pk)


def test_whoever_was_known_before_is_known_by_the_issuer_after_the_migration(browser, karin, provider, entry):
    said = {"id_token": {"sub": "af-1", "email": "karin@af.example"}}
    SocialAccount.objects.create(user=karin, provider="af", uid="af-1", extra_data=said)
    SocialAccount.objects.create(user=karin, provider="gone", uid="af-1", extra_data=said)
    with connection.cursor() as cursor:
        cursor.execute(import_module("agencies.migrations.0019_subject_of_an_issuer").BY_ISSUER)
    provider.person["email"] = "karin.new@af.example"
    walk(browser)
    assert browser.session["_auth_user_id"] == str(karin.pk)
    assert SocialAccount.objects.get().extra_data == {}


def test_nothing_that_the_provider_said_is_kept_and_signing_out_ends_the_session(browser, karin, provider):
    walk(browser)
    account, session = SocialAccount.objects.get(), browser.session
    kept = f"{account.uid} {account.extra_data} {dict(session)}"
    assert not [said for said in ("af-1", "karin@af.example", *provider.tokens) if said in kept]
    assert not SocialToken.objects.exists()
    cookies = dict(browser.cookies)
    browser.post("/sign-out/")
    assert not is_in(browser)
    browser.cookies.update(cookies)
    assert not is_in(browser)
    assert not type(session)(session.session_key).load()


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


def test_an_issuer_at_https_has_no_address_that_is_not():
    config = {
        "issuer": "https://af.example",
        "jwks_uri": "http://af.example/keys",
        "token_endpoint": "https://x",
    }
    assert without_tls(config) == ["jwks_uri"]
    assert without_tls(config | {"issuer": "http://desk.example"}) == []
