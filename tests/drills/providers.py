"""A provider that is not ours, npm's oidc-provider, signs a colleague in at a running server; prints what was tried."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import run
from typing import Any
from urllib.parse import urljoin

import pytest
import requests

from agencies.models import IdentityProvider, User
from agencies.secrecy.sealing import seal
from motesplats.embedded.processes import Process, free_port, start, stopping, wait_until
from tests.factories.agencies import UserFactory, the_agency
from tests.served import served

PROGRAM = "oidc-provider@9.13.3"
SCRIPT = Path(__file__).with_name("openid_provider.mjs")
CLIENT, SECRET = "motesplats", "between the two of us: 50 % + &"
KARIN = {"sub": "af-1", "email": "karin@af.example", "email_verified": True, "amr": ["pwd", "mfa"]}
STRANGER = KARIN | {"sub": "af-3"}  # whom no earlier sign-in has made known
IN, ASKED_FOR_FACTOR, REFUSED = "in", "asked for our own second factor", "refused"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    """A folder with the provider program in it."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no node: https://nodejs.org")
    folder = tmp_path_factory.mktemp("provider")
    npm = ["npm", "install", "--no-save", "--no-package-lock", "--silent", PROGRAM]
    run(npm, cwd=folder, check=True)
    shutil.copy(SCRIPT, folder)
    return folder


@pytest.fixture
def web(tmp_path) -> Iterator[str]:
    """The address of Motesplats, where Karin works at Arbetsförmedlingen, whose provider is npm's."""
    UserFactory.create(username="karin", agency="AF", email="Karin@AF.example", password="!")
    IdentityProvider.objects.create(
        agency=the_agency("AF"),
        key="af",
        issuer="http://127.0.0.1:9",
        client_id=CLIENT,
        sealed_secret=seal(SECRET),
        has_second_factor=True,
    )
    with served(tmp_path, pages=True) as address:
        yield address


@contextmanager
def running(
    program: Path, web: str, *, person: dict[str, Any], claims: bool = True, **client: Any
) -> Iterator[str]:
    """The address of the provider, with this person and a client of these further properties."""
    issuer = f"http://127.0.0.1:{free_port()}"
    known = {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [f"{web}/sign-in/at/af/back/"],
    }
    told = {"issuer": issuer, "client": known | client, "person": person, "claimsParameter": claims}
    env = os.environ | {"TOLD": json.dumps(told)}
    node = start("node", ["node", SCRIPT.name], log=program / "node.log", env=env, cwd=program)
    processes: list[Process] = [node]
    with stopping(processes):
        assert wait_until(lambda: answers(issuer), processes=processes), node.last_lines()
        IdentityProvider.objects.update(issuer=issuer)
        yield issuer


def answers(issuer: str) -> bool:
    try:
        return requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).ok
    except requests.ConnectionError:
        return False


def walk(browser: requests.Session, web: str, *, spoil: Callable[[str], str] = str) -> str:
    """Go to the provider, sign in on its page and come back by the (spoilt) address; tells what became of it."""
    page = browser.get(f"{web}/sign-in/at/af/")
    action = re.search(r'action="([^"]+)"', page.text)
    if "/interaction/" not in page.url or action is None:
        told = re.sub(r"(?s)<style.*?</style>|<[^>]+>", "", page.text)
        return f"stopped at the provider: {page.status_code} {told}"
    said = browser.post(urljoin(page.url, action[1]), allow_redirects=False)
    while not said.headers.get("Location", web).startswith(web):
        said = browser.get(urljoin(said.url, said.headers["Location"]), allow_redirects=False)
    answer = browser.get(spoil(said.headers["Location"]), allow_redirects=False)
    if answer.status_code in {401, 403}:
        return REFUSED
    home = browser.get(f"{web}/", allow_redirects=False)
    factor = {"/sign-in/code/", "/my-sign-in/"} & {
        answer.headers.get("Location"),
        home.headers.get("Location"),
    }
    if home.status_code == 200:
        return IN
    return ASKED_FOR_FACTOR if factor else f"answered {answer.status_code}, then {home.status_code}"


def another_state(address: str) -> str:
    return re.sub("state=[^&]+", "state=mine", address)


def another_issuer(address: str) -> str:
    return re.sub("iss=[^&]+", "iss=https%3A%2F%2Felsewhere.example", address)


TRIES: dict[str, tuple[str, dict[str, Any]]] = {
    "claims parameter, e-mail and amr in the ID token": (IN, {}),
    "claims parameter, acr": (IN, {"person": KARIN | {"acr": "loa3", "amr": []}, "values": "loa3"}),
    "UserInfo only; it does not say how she signed in": (ASKED_FOR_FACTOR, {"claims": False}),
    "UserInfo only, signed": (ASKED_FOR_FACTOR, {"claims": False, "userinfo_signed_response_alg": "RS256"}),
    "claims parameter, UserInfo signed": (IN, {"userinfo_signed_response_alg": "RS256"}),
    "secret in the body": (IN, {"token_endpoint_auth_method": "client_secret_post"}),
    "password alone": (ASKED_FOR_FACTOR, {"person": KARIN | {"amr": ["pwd"]}}),
    "known by UPN": (IN, {"person": KARIN | {"sub": "af-2", "upn": "karin@af.local"}, "claim": "upn"}),
    "address not verified": (REFUSED, {"person": STRANGER | {"email_verified": False}}),
    "address of nobody": (REFUSED, {"person": STRANGER | {"email": "nobody@af.example"}}),
    "another state": (REFUSED, {"spoil": another_state}),
    "another issuer": (REFUSED, {"spoil": another_issuer}),
}


def test_a_colleague_signs_in_at_a_provider_that_is_not_ours(program, web):
    User.objects.filter(username="karin").update(known_as="karin@af.local")
    results = {name: attempt(program, web, **how) for name, (_expected, how) in TRIES.items()}
    print(f"\n{PROGRAM}")
    for name, result in results.items():
        print(f"{name}: {result}")
    assert results == {name: expected for name, (expected, _how) in TRIES.items()}


def test_signing_out_here_ends_the_session_here(program, web):
    with running(program, web, person=KARIN), requests.Session() as browser:
        assert walk(browser, web) == IN
        token = re.search(
            r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(f"{web}/my-sign-in/").text
        )
        assert token
        browser.post(f"{web}/sign-out/", {"csrfmiddlewaretoken": token[1]}, headers={"Referer": web})
        assert browser.get(f"{web}/", allow_redirects=False).status_code == 302
    print("\nsigned out here: out here")


def attempt(
    program: Path,
    web: str,
    *,
    person: dict[str, Any] = KARIN,
    claim: str = "email",
    values: str = "mfa",
    spoil: Callable[[str], str] = str,
    **how: Any,
) -> str:
    IdentityProvider.objects.update(
        claim=claim,
        second_factor_values=values,
        scope="openid profile email upn" if claim == "upn" else "openid email",
    )
    with running(program, web, person=person, **how), requests.Session() as browser:
        return walk(browser, web, spoil=spoil)
