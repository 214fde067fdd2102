"""Two worlds: whether another agency has a party or not, no byte of any answer tells it to whoever is not let in.

In the world without the party, invented holders occupy the same desks and interpreters at the same times: that they are
occupied is no secret, who occupies them is.
A test asks addresses drawn by lot; `script/drill two-worlds` asks them all.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from agencies.models import Resource, SiteDay, User
from agencies.staff.openers import name_opener
from agencies.web.workbook import TYPE as WORKBOOK
from agencies.web.workbook import rows_of_workbook
from bookings.models import Chain, Claim, Party
from bookings.parties.members import Member
from bookings.parties.protect import protect_party
from interpreters.models import Interpreter
from tests.addresses import addresses
from tests.bookings.booking_steps import FIRST, SECOND, THIRD, book, open_days, register
from tests.factories.agencies import ManagerFactory, UserFactory, the_site
from tests.factories.bookings import ChainFactory, ClaimFactory, MeetingFactory, PartyFactory
from tests.lot import Lot
from tests.moment import NOW
from tests.signing_in import sign_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("clock", "letters_as_text"),
]

ELDERS = (date(1956, 2, 1), date(1958, 7, 9))
ALONE = (date(1990, 1, 1),)
NAMES = ("Zefyra", "Quillon")
CONTACT: dict[str, Any] = {
    "phone": "+46701740605",
    "email": "zq@example.se",
    "address": "Markgränd 7, 602 00 Norrköping",
}
# What differs between any two requests: tokens, ids of requests, signatures, references drawn by lot, dates.
MASKED = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|[0-9A-Z]{3}-[0-9A-Z]{3}\b|[\w-]{40,}(?::[\w:-]+)*|/d/[\w-]+'
    r"|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+\d\d:\d\d)"
    # The numbers of a board.
    r"|No\. \d{3}[a-z]?|\b\d{3}[a-z]?-[A-Z]{2,5}-\d{4}|<b>(?:! )?\d{3}[a-z]?</b>|class=\"no\">\d{3}[a-z]?<"
    r"|(?:: |for )\d{3}[a-z]?(?=\")| \d{3}[a-z]?(?=</span>)|\"number\":\"\d{3}[a-z]?\"|[0-9a-f]{32}"
)
# Left out are the admin, which its own test keeps shut, and one's own secrets, drawn anew each time.
LEFT_OUT = re.compile(r"^/(admin/|static|api/v1/schema|healthz|my-sign-in/(app|codes|passkey)/)")
STOPS = re.compile(r'data-stop="(\d{3}[a-z]?-[A-Z]+-\d{4})"')
ADDRESSES, OF_PARTIES = 40, 12  # drawn by lot
OF_MEETING = ("agency_id", "service_id", "caseworker_id", "room_id", "who", "starts_at", "ends_at")
Answers = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Secret:
    """What the other agency's party goes by, for whoever would try it."""

    party: str
    chain: str
    claims: tuple[tuple[int, Any], ...]  # each a resource and its period
    meetings: tuple[dict[str, Any], ...]


@pytest.fixture
def town(db) -> User:
    return UserFactory(agency="KOM", username="town")


@pytest.fixture
def reader(db) -> User:
    """A caseworker of the Employment Service, with a party and a booked day of one's own."""
    open_days(FIRST, SECOND, THIRD)
    return UserFactory(agency="AF", username="reader")


@pytest.fixture
def own(reader, acting) -> tuple[Party, Chain]:
    with acting(reader):
        party = register(reader, births=ALONE, basis="ANHORIG")
        return party, book(party, reader, track=2, first=THIRD)


def with_party(town: User, acting: Callable) -> Secret:
    """The world in which a municipality has a couple and its day."""
    with acting(town):
        members = [Member(name, "Haddad", birth) for name, birth in zip(NAMES, ELDERS, strict=True)]
        party = register(town, members=members, **CONTACT)
        chain = book(party, town, track=3, last=SECOND)
        held = Claim.objects.filter(meeting__chain=chain).exclude(resource__kind=Resource.Kind.PARTY)
        assert not chain.meetings.filter(agency__code="AF").exists()
        return Secret(
            party.reference,
            chain.reference,
            tuple(held.values_list("resource_id", "period")),
            tuple(chain.meetings.values(*OF_MEETING)),
        )


def with_holders(secret: Secret, acting: Callable, *, alike: bool = False) -> None:
    """The world in which somebody else holds what that day holds, and the references are nobody's.

    `alike`: as many people, of the same language and with the same interpreter, which a board tells to whoever runs
    the day. The somebody has no desk, for rosters list whoever has one.
    """
    by = UserFactory(agency="MIG", username="holder", desk=False)
    people = {"language": "ar", "members": ELDERS} if alike else {"language": "so", "members": ELDERS[:1]}
    with acting(by):
        party = PartyFactory(registered_by=by, **people)
        day = SiteDay.objects.get(date=secret.claims[0][1].lower.date())
        interpreter = Interpreter.objects.filter(resource__in=[held for held, _period in secret.claims])
        chain = ChainFactory(party=party, site_day=day, interpreter=interpreter.first() if alike else None)
        meetings = [MeetingFactory(chain=chain, **met) for met in secret.meetings]
        for resource, period in secret.claims:
            ClaimFactory(meeting=meetings[0], resource_id=resource, period=period)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told(answer: HttpResponse) -> tuple[int, str]:
    """What the answer says; of a letter only that there is one: it is one's own, and its code is drawn by lot."""
    is_letter = answer.headers.get("Content-Type") == "application/pdf"
    if answer.headers.get("Content-Type") == WORKBOOK:
        return answer.status_code, str(rows_of_workbook(answer.content))
    return answer.status_code, "a letter" if is_letter else masked(answer.text)


def masked(text: str) -> str:
    """The same thing that is drawn by lot becomes the same word, in the order in which it comes."""
    seen: dict[str, str] = {}
    return MASKED.sub(lambda found: seen.setdefault(found[0], f"<{len(seen)}>"), text)


def known_to(route: str, secret: Secret, own: tuple[Party, Chain]) -> dict[str, list[Any]]:
    """What the address is tried with: the other agency's reference, and one's own."""
    party, chain = own
    return {
        "reference": [secret.party, party.reference]
        if "parties/" in route
        else [secret.chain, chain.reference],
        "token": ["unknown"],
        "key": ["5b0d2a0e-6a0c-4f4b-8a53-1f2f4a8f4c11"],
        "adult": [1],
        "site": ["norrkoping"],
        "day": [str(FIRST)],
        "date": [str(FIRST)],
        "monday": [f"{FIRST:%G-W%V}"],
        "track": [3],
        "pk": [1],
        "username": ["town", "reader"],
    }


def ask_everywhere(
    reader: User, secret: Secret, own: tuple[Party, Chain], lot: Lot, *, only: str | tuple[str, ...] = ""
) -> Answers:
    """The addresses drawn by every method, each in a world of its own."""
    form = {
        "party": secret.party,
        "proposal": "forged",
        "agency": "SKV",
        "reason": "Sjuk",
        "language": "ar",
        "q": NAMES[0],
        "code": "AAAA-AAAA",
        "reference": secret.chain,
    }
    answers: Answers = {}
    browser = sign_in(Client(headers={"accept-language": "en"}), reader)
    signed_in = browser.cookies.output(header="", sep=";")
    every = (found for found in addresses() if not LEFT_OUT.match(found.template))
    number = OF_PARTIES if only else ADDRESSES
    for found in lot.draw((found for found in every if found.template.startswith(only)), number):
        known = known_to(found.template, secret, own)
        filled = known | {name: ["unknown"] for name in found.names if name not in known}
        for address in found.filled(filled):
            for method in ("get", "post"):
                with undone():
                    browser.cookies = SimpleCookie(signed_in)
                    data: Any = form
                    kind = {}
                    if method == "post" and address.startswith("/api/"):
                        data, kind = json.dumps(form), {"content_type": "application/json"}
                    answer = getattr(browser, method)(address, data, **kind)
                    answers[f"{method} {address}"] = told(answer)
    return answers


def live(reader: User) -> Answers:
    """Search for the party, register the same people with the same telephone, look for days, book the first."""
    browser = sign_in(Client(headers={"accept-language": "en"}), reader)
    answers: Answers = {}

    def note(name: str, answer: Any) -> Any:
        answers[name] = told(answer)
        return answer.json() if answer["Content-Type"].startswith("application/json") else None

    def post(path: str, body: dict[str, Any]) -> Any:
        return note(path, browser.post(f"/api/v1/{path}/", json.dumps(body), content_type="application/json"))

    for word in (*NAMES, "Haddad", CONTACT["phone"]):
        note(f"search {word}", browser.get("/parties/", {"q": word}))
        note(f"api search {word}", browser.get("/api/v1/parties/", {"search": word}))
    members = [
        {"given_name": name, "family_name": "Haddad", "birth_date": str(birth)}
        for name, birth in zip(NAMES, ELDERS, strict=True)
    ]
    basics = {"language": "ar", "municipality": "0581", "legal_basis": "ANHORIG"}
    party = post("parties", basics | CONTACT | {"members": members})["reference"]
    question = {
        "party": party,
        "site": "norrkoping",
        "track": 2,
        "from": str(FIRST),
        "to": str(SECOND),
        "limit": 10,
    }
    found = post("proposals", question)["proposals"]
    assert found, "days are left to compare"
    chain = post("chains", {"party": party, "proposal": found[0]["id"]})["reference"]
    for name in ("parties", "chains", "visits"):
        note(f"list {name}", browser.get(f"/api/v1/{name}/"))
    note("letter", browser.get(f"/api/v1/chains/{chain}/summons.pdf"))
    note("my day", browser.get("/"))
    return answers


def walk(reader: User, secret: Secret, own: tuple[Party, Chain], lot: Lot) -> Answers:
    cache.clear()
    return ask_everywhere(reader, secret, own, lot) | live(reader)


def test_no_byte_tells_whether_another_agency_has_a_party(town, reader, own, acting, lot):
    with undone():
        secret = with_party(town, acting)
        world = walk(reader, secret, own, lot)
    with undone():
        with_holders(secret, acting)
        without = walk(reader, secret, own, lot)
    assert len(world) > 2 * ADDRESSES
    assert [name for name, answer in world.items() if without.get(name) != answer] == []
    assert world.keys() == without.keys()


@pytest.mark.parametrize(("role", "agency"), [("coordinator", "AF"), ("host", None)])
def test_no_board_tells_whose_party_is_at_a_desk(town, own, acting, clock, lot, role, agency):
    """On the day itself the board of all desks shows the same, whoever it is that sits there."""
    reader = UserFactory(agency=agency, role=role, username="overseer")
    with undone():
        secret = with_party(town, acting)
        clock.move_to(secret.meetings[0]["starts_at"])
        world, board = ask_everywhere(reader, secret, own, lot), board_of(reader)
    with undone():
        with_holders(secret, acting, alike=True)
        without = ask_everywhere(reader, secret, own, lot)
    assert len(set(STOPS.findall(board))) == len(secret.meetings)
    assert [secret.party in board, secret.chain in board] == [False, False]
    assert [name for name, answer in world.items() if without.get(name) != answer] == []


def board_of(reader: User) -> str:
    browser = sign_in(Client(headers={"accept-language": "en"}), reader)
    return browser.get(f"/boards/norrkoping/{FIRST}/").text


OTHER_NAMES = ("Wilmina", "Ottokar")
OTHER_ELDERS = (date(1955, 11, 3), date(1957, 1, 30))
OTHER_CONTACT = {
    "phone": "+46701740699",
    "email": "wo@example.se",
    "address": "Storgatan 9, 602 00 Norrköping",
}
TOLD_OF_PARTIES = ("/parties/", "/chains/", "/visits/", "/readings/", "/api/v1/parties", "/api/v1/chains")


def colleague(kind: str, manager: User, acting: Callable) -> User:
    """Of the protected party's own agency, and who must not know who it is: nobody has opened it."""
    if kind == "manager of another site":
        return ManagerFactory(username="overseer", sites=[the_site("kalmar")])
    reader = UserFactory(username="overseer")
    if kind == "named":
        with acting(manager):
            assert name_opener(user=reader, site=the_site(), by=manager, at=NOW)
    return reader


def with_protected(by: User, acting: Callable, names: Any, births: Any, contact: dict[str, Any]) -> Secret:
    """The world in which these people have a protected identity and a day."""
    with acting(by):
        members = [Member(name, "Haddad", birth) for name, birth in zip(names, births, strict=True)]
        party = register(by, members=members, **contact)
        chain = book(party, by, track=1, last=SECOND)
        protect_party(party=party, reason="The tax agency says so.", by=by, at=NOW)
        return Secret(party.reference, chain.reference, (), ())


@pytest.mark.parametrize("kind", ["named", "not named", "manager of another site"])
def test_no_byte_tells_a_colleague_who_it_is_that_is_protected(reader, own, acting, lot, kind):
    """Whoever these people are: before it has been opened the answers are the same."""
    by, manager = UserFactory(), ManagerFactory()
    overseer = colleague(kind, manager, acting)
    worlds = []
    for people in ((NAMES, ELDERS, CONTACT), (OTHER_NAMES, OTHER_ELDERS, OTHER_CONTACT)):
        with undone():
            cache.clear()
            secret = with_protected(by, acting, *people)
            found = ask_everywhere(overseer, secret, own, lot, only=TOLD_OF_PARTIES)
            worlds.append({masked(name): answer for name, answer in found.items()})
    world, other = worlds
    assert len(world) > OF_PARTIES
    assert [name for name, answer in world.items() if other.get(name) != answer] == []


def test_the_comparison_finds_a_hole(town, reader, own, acting):
    """The party's own agency is told of it: a check that cannot fail is none."""
    lot = Lot(takes_all=True)
    with undone():
        secret = with_party(town, acting)
        told = ask_everywhere(town, secret, own, lot, only="/chains/<reference>/")
    with undone():
        with_holders(secret, acting)
        untold = ask_everywhere(town, secret, own, lot, only="/chains/<reference>/")
    assert {name for name, answer in told.items() if untold.get(name) != answer} >= {
        f"get /chains/{secret.chain}/",
        f"get /chains/{secret.chain}/move/",
        f"get /chains/{secret.chain}/cancel/",
    }
