"""A protected identity is told nowhere; and where one place in one template breaks the mask, that is found.

A test opens pages drawn by lot; `script/drill masks` opens all of them and breaks every place.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template.base import Node
from django.test import Client
from django.utils import timezone

from agencies.models import Agency, Role, User
from agencies.staff.openers import name_opener
from bookings.chains.book import cancel_chain
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, Disclosure, Party
from bookings.parties.members import Member
from bookings.parties.protect import protect_party
from bookings.summons.copies import copies_of
from bookings.visits.disclose import disclose
from tests.addresses import addresses, said
from tests.bookings.booking_steps import book, open_days, register
from tests.factories.agencies import ManagerFactory, UserFactory, the_site
from tests.factories.checklists import NoteFactory
from tests.moment import NOW
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NAME = "Zefyra"
SECRETS = (NAME, "Quillon", "Markgränd", "1740605", "174 06 05", "zq@example.org", "Hemvist 7", "1992-05-17")
TOLD = re.compile("|".join(map(re.escape, SECRETS)))
PAGES, PLACES = 200, 12  # drawn by lot
# Pages that tell of a party without protection.
TELL = {
    "owner /parties/",
    "owner /parties/…/",
    "owner /chains/…/",
    "owner /chains/…/summons.pdf",
    "owner /api/v1/parties/",
    "owner /api/v1/parties/…/",
    "owner /api/v1/chains/…/",
    "owner /api/v1/chains/…/summons.pdf",
    "visited /visits/…/",
}
PRINT_PEOPLE = {
    "bookings/search/_parties.html",
    "bookings/today/my_day.html",
    "bookings/visits/_visit.html",
    "bookings/_history.html",
    "bookings/chains/_people.html",
    "bookings/chains/chain.html",
    "bookings/parties/party.html",
    "bookings/visits/visit.html",
    "bookings/summons/_page.html",
}
# Addresses that show no party: they belong to staff, to reference data or to Django and its packages.
ELSEWHERE = re.compile(r"/(admin|accounts|api/v1/(schema|docs)|api/$|staff|sign-|language|static)")


@dataclass(frozen=True)
class Page:
    """An address as one reader opens it."""

    reader: str
    address: str
    open: Callable[[], HttpResponseBase]

    def tells(self) -> bool:
        return bool(TOLD.search(said(self.open())))

    def __str__(self) -> str:
        return f"{self.reader} {self.address}"


@dataclass(frozen=True)
class Place:
    """One expression in one template."""

    template: str
    line: int
    source: str


@pytest.fixture
def by(db) -> User:
    open_days()
    return UserFactory()


@pytest.fixture
def walk(by, acting, letters_as_text) -> Callable[..., list[Page]]:
    """A family with a cancelled and a booked day and its names open to another agency; every page that tells of it."""

    def family(*, is_protected: bool) -> list[Page]:
        with acting(by):
            party = _register(by)
            cancel_chain(chain=book(party, by), reason=f"{NAME} is ill.", by=by, at=NOW)
            chain = book(party, by)
            _open_names(party)
            NoteFactory(party=party, text=f"{NAME} has a question.")
            if is_protected:
                protect_party(party=party, reason="Told by the Tax Agency", by=by, at=NOW)
            return list(_pages(by, party, chain))

    return family


def _register(by: User) -> Party:
    return register(
        by,
        members=[
            Member(NAME, "Quillon", date(1992, 5, 17), "F"),
            Member("Omar", "Quillon", date(1989, 11, 2), "M"),
            Member("Noor", "Quillon", date(2015, 8, 9), "F"),
        ],
        address="Markgränd 4, 602 00 Norrköping",
        phone="+46701740605",
        email="zq@example.org",
        housing="Hemvist 7",
    )


def _open_names(party: Party) -> None:
    disclose(
        party_id=party.pk,
        newcomer_id=None,
        discloser=party.owner,
        agency=Agency.objects.get(code="FK"),
        site=the_site(),
        category=Disclosure.Category.NAMES,
        source=Disclosure.Source.CONSENT,
        until=timezone.now() + timedelta(days=60),
        at=timezone.now(),
    )


def _pages(by: User, party: Party, chain: Chain, *, own: dict[str, User] | None = None) -> Iterator[Page]:
    """What shows one party: to its owner and to an agency that it visits; what needs no reference: to others too."""
    link = chain.links.earliest("pk")
    known: dict[str, list[Any]] = {"reference": [chain.reference], "token": [token_of(link)], "adult": [1]}
    own, others = (
        own or {"owner": by, "visited": UserFactory(agency="FK")},
        {
            "manager": UserFactory(agency=by.agency, role=Role.MANAGER),
            "host": UserFactory(agency="KOM", role=Role.HOST),
        },
    )
    clients = {reader: sign_in(Client(), user) for reader, user in (own | others).items()}
    for found in addresses():
        names = found.names
        if ELSEWHERE.match(found.template) or not set(names) <= set(known):
            continue
        filled = known | {"reference": [party.reference]} if "parties/" in found.template else known
        for address in found.filled(filled):
            if "token" in names:
                yield from _newcomers(address, code_of(link))
            else:
                for reader in own if names else clients:
                    yield Page(reader, address, _getting(clients[reader], address))


def _getting(client: Client, address: str) -> Callable[[], HttpResponseBase]:
    return lambda: client.get(address)


def _posting(address: str, body: dict[str, str]) -> Callable[[], HttpResponseBase]:
    """Each time from a browser that has been nowhere; the page that the form leads to."""
    return lambda: Client().post(address, body, follow=True)


def _newcomers(address: str, code: str) -> Iterator[Page]:
    for extra in ({}, {"k": code}):
        body = {"language": "en", "code": code, **extra}
        yield Page("newcomer", f"{address} {'scanned' if extra else ''}", _posting(address, body))


@contextmanager
def noticing(found: Callable[[Place, str], str]) -> Iterator[None]:
    """Show every innermost node's output to `found`, which may replace it."""
    original, inner = Node.render_annotated, [0]

    def render(node: Node, context: Any) -> str:
        before = inner[0]
        text = str(original(node, context))
        if inner[0] == before and node.token and getattr(node, "origin", None):
            name = node.origin.template_name or ""
            inner[0] += 1
            return found(Place(str(name), node.token.lineno or 0, node.token.contents), text)
        return text

    with patch.object(Node, "render_annotated", render):
        yield


def places_that_tell(pages: list[Page]) -> dict[Place, list[Page]]:
    """Where the templates print a person, and on which pages."""
    shown: dict[Place, list[Page]] = {}
    for page in pages:

        def note(place: Place, text: str, page: Page = page) -> str:
            if TOLD.search(text) and page not in shown.setdefault(place, []):
                shown[place].append(page)
            return text

        with noticing(note):
            page.open()
    return {place: pages for place, pages in shown.items() if pages}


def _is_found(place: Place, pages: list[Page], masked: list[Page]) -> bool:
    """Whether the walk finds the name where this place prints it; a place that is not reached prints nothing."""
    reached = []

    def break_mask(here: Place, text: str) -> str:
        if here != place:
            return text
        reached.append(here)
        return f"{text} {NAME}"

    same = {_shape(page) for page in pages}
    for page in masked:
        if _shape(page) in same:
            with noticing(break_mask):
                if page.tells():
                    return True
    return not reached


def _shape(page: Page) -> str:
    """The page without its references and tokens, the same for every family."""
    return re.sub(r"[0-9A-Z]{3}-[0-9A-Z]{3}|(?<=/d/)[\w-]+", "…", str(page))


def test_nothing_is_told_of_a_protected_identity(walk, lot):
    assert [str(page) for page in lot.draw(walk(is_protected=True), PAGES) if page.tells()] == []


def test_nothing_is_told_to_colleagues_who_have_not_opened_it(by, acting, letters_as_text, lot):
    """Named or not, and a manager of another site: what the pages show them is the mask."""
    manager, named = ManagerFactory(), UserFactory()
    with acting(manager):
        assert name_opener(user=named, site=the_site(), by=manager, at=NOW)
    elsewhere = ManagerFactory(sites=[the_site("kalmar")])
    colleagues = {"named": named, "not named": UserFactory(), "elsewhere": elsewhere}
    with acting(by):
        party = protect_party(party=_register(by), reason="Told by the Tax Agency", by=by, at=NOW)
        pages = list(_pages(by, party, book(party, by), own=colleagues))
    assert {"named", "not named", "elsewhere"} <= {page.reader for page in pages}
    assert [str(page) for page in lot.draw(pages, PAGES) if page.tells()] == []


def test_a_printed_letter_tells_nothing(by, acting):
    with acting(by):
        party = protect_party(party=_register(by), reason="Told by the Tax Agency", by=by, at=NOW)
        pdf = copies_of(book(party, by).summonses.get())
    letter = said(HttpResponse(pdf, content_type="application/pdf"))
    assert "Person A" in letter
    assert not TOLD.search(letter)


def test_without_protection_the_same_pages_tell(walk):
    told = {_shape(page) for page in walk(is_protected=False) if _shape(page) in TELL and page.tells()}
    assert told == TELL


def test_a_mask_that_is_broken_in_one_place_is_found(walk, lot):
    """In templates where they print a person, the name itself is printed, in one place at a time."""
    plain = walk(is_protected=False)
    places = places_that_tell(plain if lot.takes_all else [page for page in plain if _shape(page) in TELL])
    assert not lot.takes_all or {place.template for place in places} >= PRINT_PEOPLE
    masked = walk(is_protected=True)
    unfound = [place for place in lot.draw(places, PLACES) if not _is_found(place, places[place], masked)]
    assert unfound == []
