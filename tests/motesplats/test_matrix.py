"""Every address, asked by every role, answers as the matrix says; an address without a line fails.

A test asks what is drawn by lot; `script/drill matrix` asks everything and prints the lines that are not right.
"""

import logging
import re
from collections.abc import Iterator
from datetime import date
from http.cookies import SimpleCookie
from itertools import product

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, path
from django.utils import timezone

from agencies.models import TextBlock, User
from agencies.sites.rooms import add_room
from bookings.chains.book import book_chain
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from tests.addresses import addresses
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    main_place,
    the_site,
)
from tests.factories.bookings import PartyFactory
from tests.factories.interpreters import open_day
from tests.motesplats.matrix import MATRIX, ROLES
from tests.signing_in import connect_app, sign_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("clock", "letters_as_text"),
]
DAY = date(2026, 12, 8)
METHODS = ("GET", "POST")
QUESTIONS, PAGES_OF_THE_ADMIN = 600, 40  # drawn by lot of some 5,700 and 200


def templates(patterns=None, before: str = "/") -> list[str]:
    """Every address as the matrix writes it; the admin counts as one."""
    found = (address.template for address in addresses(patterns, before))
    return list(
        dict.fromkeys("/admin/" if one.startswith("/admin/") and before == "/" else one for one in found)
    )


def lines() -> dict[tuple[str, str], str]:
    """Method and address of each line, and its signs."""
    rows = (line.split() for line in MATRIX.strip().splitlines())
    return {(method, address): "".join(signs) for method, address, *signs in rows}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Over a thousand requests, and nobody reads their log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def own() -> User:
    return UserFactory(username="karin")


@pytest.fixture
def chain(own, acting) -> Chain:
    """A day booked by the Migration Agency."""
    desks = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 1)
    open_day(the_site(), DAY, desks=desks, interpreters={"ar": 1})
    with acting(own):
        party = PartyFactory(registered_by=own)
        answer = propose(
            profile=profile_of(party),
            site=the_site(),
            track=Track.objects.get(number=1),
            first=DAY,
            last=DAY,
            at=timezone.now(),
        )
        proposal = answer.options[0].proposal.sign()
        return book_chain(party=party, proposal=proposal, by=own, at=timezone.now())


@pytest.fixture
def known(chain, own, acting) -> dict[str, str]:
    """What stands in the addresses."""
    with acting(own):
        link = chain.links.first()
        return {
            "chain": chain.reference,
            "party": chain.party.reference,
            "token": token_of(link),
            "code": code_of(link),
            "key": str(link.newcomer.key),
            "text": str(TextBlock.objects.filter(service__agency_code="MIG")[0].pk),
            "room": str(add_room(location=main_place(the_site()), name="Eken").pk),
        }


@pytest.fixture
def browsers(own, known) -> dict[str, Client]:
    """One of each role."""
    staff = {
        "own": own,
        "met": UserFactory(agency="AF"),
        "other": UserFactory(agency="AF", sites=[the_site("malmo")]),
        "coordinator": CoordinatorFactory(),
        "manager": ManagerFactory(),
        "host": HostFactory(),
        "secretariat": SecretariatFactory(),
    }
    found = {role: sign_in(Client(), connect_app(user)) for role, user in staff.items()}
    newcomer = Client()
    newcomer.post(f"/d/{known['token']}", {"language": "en", "k": known["code"]})
    return {"nobody": Client(), "newcomer": newcomer} | found


def filled(address: str, known: dict[str, str]) -> str:
    """The address with what it names."""
    reference = known["party"] if "parties/" in address else known["chain"]
    values = known | {
        "reference": reference,
        "location": str(main_place(the_site()).pk) if "<location>" in address else "",
        "username": "karin",
        "provider_id": "af",
        "uidb64": "MQ",
        "site": "norrkoping",
        "municipality": "0581",
        "agency": "MIG",
        "document": "passport",
        "row": "0",
        "rule": "0",
        "day": str(DAY),
        "date": str(DAY),
        "monday": "2026-W50",
    }
    return re.sub(r"<(\w+)>", lambda name: values.get(name[1], "1"), address)


def sign_of(answer: HttpResponseBase) -> str:
    to = answer.headers.get("Location", "")
    if answer.status_code == 401 or to.startswith("/sign-in/?next="):
        return ">"
    assert answer.status_code < 500, answer
    caching = answer.headers["Cache-Control"]
    is_for_everybody = caching.startswith("public")
    assert is_for_everybody or "no-store" in caching, "Back must show nothing after somebody signed out"
    return {403: "x", 404: "0", 405: "-"}.get(answer.status_code, "+")


def ask(browser: Client, method: str, address: str) -> str:
    """The sign of the answer; what it changed is undone."""
    media_type = "application/json" if "/api/" in address else "application/octet-stream"
    cookies = SimpleCookie(browser.cookies)
    try:
        with transaction.atomic():
            answer = browser.generic(method, address, content_type=media_type)
            while answer.headers.get("Location", "").startswith("/admin/"):
                answer = browser.get(answer["Location"])
            transaction.set_rollback(True)
    finally:
        browser.cookies = cookies
    return sign_of(answer)


def test_every_address_answers_each_role_as_the_matrix_says(browsers, known, lot):
    """Its GETs are guarded, as those of every test: none writes anything but the read log and the session."""
    said, every = lines(), set(product(METHODS, templates()))
    without = sorted(every - said.keys())
    drawn = lot.draw(product(sorted(every & said.keys()), ROLES), QUESTIONS)
    signs = {line: list(said.get(line, "?" * len(ROLES))) for line in every}
    for line, role in [*product(without, ROLES), *drawn]:
        method, address = line
        signs[line][ROLES.index(role)] = ask(browsers[role], method, filled(address, known))
    found = {line: "".join(answers) for line, answers in signs.items()}
    differ = {line for line in every | said.keys() if found.get(line) != said.get(line)}
    right = "\n".join(as_lines(found, differ))
    assert not differ, f"Say in tests/motesplats/matrix.py who gets there; as it is now:\n{right}"


def as_lines(signs: dict[tuple[str, str], str], wanted: set[tuple[str, str]]) -> list[str]:
    """Those lines of the matrix, ready to be copied."""
    return sorted(
        f"{method:5}{address:50}{' '.join(found)}"
        for (method, address), found in signs.items()
        if (method, address) in wanted
    )


def test_an_address_without_a_line_is_found():
    another = path("nowhere/<int:who>/", lambda request, who: HttpResponse())
    found = set(templates([*get_resolver().url_patterns, another]))
    assert found - {address for _, address in lines()} == {"/nowhere/<who>/"}


def test_the_admin_opens_to_its_staff_and_writes_nothing_when_it_is_read(client, known, lot):
    sign_in(client, CoordinatorFactory(is_staff=True, is_superuser=True))
    assert ask(client, "GET", "/admin/") == "+"
    for page in lot.draw(templates(admin.site.get_urls(), "/admin/"), PAGES_OF_THE_ADMIN):
        assert ask(client, "GET", filled(page, known)) in {"+", "0", "-", "x"}


def test_no_page_of_the_admin_opens_to_anybody_else(browsers, known, lot):
    pages = [filled(page, known) for page in templates(admin.site.get_urls(), "/admin/")]
    assert len(pages) > 50
    for role in ("nobody", "manager"):
        asked = lot.draw(pages, PAGES_OF_THE_ADMIN)
        assert [page for page in asked if ask(browsers[role], "GET", page) not in {">", "x", "0"}] == []
