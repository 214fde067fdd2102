"""An extract: what one agency holds about one person, made as the walls stand when it is made."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from pypdf import PdfReader

from agencies.dispatches.outbox import LATE
from agencies.dispatches.sweep import SWEEPER, WAITS
from agencies.languages import LANGUAGES
from agencies.models import Dispatch, Reading, Role, User
from agencies.secrecy.context import acting_as
from bookings.models import Chain, Disclosure, Extract, Newcomer, Party
from bookings.parties.register import NoAgency
from bookings.summons.limits import LimitExceeded
from bookings.visits.disclose import close_disclosure, disclose
from motesplats.extracts import making
from motesplats.extracts.ask import KIND, IdentityProtected, ask_extract
from motesplats.extracts.making import make_extract
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory
from tests.factories.bookings import ExtractFactory
from tests.factories.checklists import (
    AgencyNoteFactory,
    ChecklistFactory,
    ConsentEventFactory,
    NoteFactory,
    TickFactory,
)
from tests.moment import NOW
from tests.outbox import outbox, send_all
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def chain(owner, acting) -> Chain:
    open_days(FIRST)
    with acting(owner):
        return book(register(owner, case_reference="Diarie 17", phone="070-174 06 05"), owner)


@pytest.fixture
def layla(chain, owner, acting) -> Newcomer:
    with acting(owner):
        newcomer: Newcomer = chain.party.members.all()[0]
    return newcomer


@pytest.fixture
def desk(chain, owner, acting) -> User:
    """The caseworker of Försäkringskassan whom the party meets."""
    with acting(owner):
        caseworker: User = chain.meetings.select_related("caseworker").get(agency__code="FK").caseworker
    return caseworker


@pytest.fixture
def names(chain, owner, desk, acting) -> dict[str, Any]:
    """The party's names, opened to the desk's agency."""
    disclosed = {
        "party_id": chain.party_id,
        "newcomer_id": None,
        "discloser": owner.agency,
        "agency": desk.agency,
        "category": Disclosure.Category.NAMES,
    }
    with acting(owner):
        disclose(
            **disclosed,
            site=chain.site_day.location.site,
            source=Disclosure.Source.CONSENT,
            until=NOW + timedelta(days=30),
            at=NOW,
        )
    return disclosed


def asked(person: Newcomer, by: User, acting) -> Extract:
    with acting(by):
        return ask_extract(newcomer=person, by=by, at=NOW)


def made(person: Newcomer, by: User, acting) -> Extract:
    asked(person, by, acting)
    send_all(KIND)
    with acting(by):
        return Extract.objects.get()


def content_of(person: Newcomer, by: User, acting) -> dict[str, Any]:
    """The JSON of an extract that was asked for and made."""
    content: dict[str, Any] | None = made(person, by, acting).content
    assert content is not None
    return content


def words(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def readings() -> list[tuple[Any, str]]:
    """What the log has; only managers may look."""
    return list(Reading.objects.order_by("pk").values_list("person", "what"))


def browser_of(user: User) -> Client:
    return sign_in(Client(headers={"accept-language": "en"}), user)


def test_the_owner_tells_all_it_holds_of_the_person(layla, owner, acting):
    content = content_of(layla, owner, acting)
    assert content["person"] == [
        {"given_name": "Layla", "family_name": "Haddad", "birth_date": "1989-11-02"},
    ]
    assert content["party"][0]["case_reference"] == "Diarie 17"
    assert [meeting["starts_at"][:10] for meeting in content["meetings"]] == ["2026-12-08"] * 5
    assert {"days", "letters", "events"} <= set(content)
    assert "1992-05-17" not in json.dumps(content), "The others of the household are others."


def test_another_agency_tells_its_own_meeting_and_nothing_of_the_owners(layla, desk, names, acting):
    content = content_of(layla, desk, acting)
    assert set(content) == {"person", "meetings", "disclosures"}
    assert len(content["meetings"]) == 1
    assert content["disclosures"][0]["category"] == "names"
    assert "Diarie 17" not in json.dumps(content)


def test_each_tells_its_own_steps_and_the_owner_the_note_and_the_consents(
    chain, layla, owner, desk, names, acting
):
    with acting(owner):
        checklist = ChecklistFactory(chain=chain)
        TickFactory(checklist=checklist, ticked_by=owner)
        NoteFactory(party=chain.party)
        ConsentEventFactory(party=chain.party, newcomer=layla)
    with acting(desk):
        TickFactory(checklist=checklist, ticked_by=desk)
        AgencyNoteFactory(party=chain.party, written_by=desk, text="Ringde, fick inget svar.")
    owners, desks = content_of(layla, owner, acting), content_of(layla, desk, acting)
    assert [len(owners.get(key, [])) for key in ("steps", "note", "consents")] == [1, 1, 1]
    assert [len(desks.get(key, [])) for key in ("steps", "note", "consents")] == [1, 0, 0]
    assert owners["steps"] != desks["steps"]
    assert "agency_notes" not in owners
    assert [note["text"] for note in desks["agency_notes"]] == ["Ringde, fick inget svar."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_in_the_partys_language(layla, owner, acting, language):
    with acting(owner):
        Party.objects.update(language=language)
    extract = made(layla, owner, acting)
    text = words(bytes(extract.pdf or b""))
    assert extract.language == language
    assert "Layla" in text
    assert "2026-12-08" in text
    assert ("What we hold about you" in text) == (language == "en")


def test_an_extract_is_in_the_adults_own_language_also_where_another_agency_makes_it(
    layla, owner, desk, names, acting
):
    with acting(owner):
        Newcomer.objects.filter(pk=layla.pk).update(letter_language="so")
        layla.refresh_from_db()
        Party.objects.update(interpreter_language="kmr")
    assert asked(layla, desk, acting).language == "so"
    extract = made(layla, owner, acting)
    text = words(bytes(extract.pdf or b""))
    assert extract.language == "so"
    assert "Luqadda turjubaanka" in text
    assert "kurmancî" in text
    assert (extract.content or {})["person"][0]["letter_language"] == "so"


def test_a_wait_has_its_words(layla, owner, acting):
    extract = asked(layla, owner, acting)
    page = browser_of(owner)
    address = f"/extracts/{extract.key}/"
    assert "queued" in page.get(address).text
    with acting(owner):
        Extract.objects.update(begun_at=NOW)
    assert "being made" in page.get(address).text
    assert page.get(f"{address}extract.pdf").status_code == 404
    send_all(KIND)
    ready = page.get(address, headers={"hx-request": "true"}).text
    assert "ready" in ready
    assert "<html" not in ready
    assert "hx-get" not in ready


def test_an_extract_that_is_late_or_given_up_says_so(layla, owner, acting, clock):
    address = f"/extracts/{asked(layla, owner, acting).key}/"
    page = browser_of(owner)
    assert "less than a minute" in page.get(address).text
    clock.shift(LATE + timedelta(seconds=1))
    assert "longer than usual" in page.get(address).text
    with acting_as(SWEEPER):
        Dispatch.objects.update(state="failed", ended_at=NOW)
    given_up = page.get(address).text
    assert "could not be made" in given_up
    assert "hx-get" not in given_up


def test_an_extract_that_fails_is_made_later(layla, owner, acting, monkeypatch):
    def refuse(*args: Any, **more: Any) -> bytes:
        raise LimitExceeded("stopped with status 1")

    with monkeypatch.context() as broken:
        broken.setattr(making, "render_document", refuse)
        extract = asked(layla, owner, acting)
        send_all(KIND)
    with acting(owner):
        assert Extract.objects.get().state == Extract.State.BEGUN
    send_all(KIND, at=NOW + WAITS[0])
    with acting(owner):
        assert Extract.objects.get(pk=extract.pk).state == Extract.State.READY


def test_fetching_is_read_about_the_person(layla, owner, acting):
    extract = made(layla, owner, acting)
    page = browser_of(owner)
    pdf = page.get(f"/extracts/{extract.key}/extract.pdf")
    data = page.get(f"/extracts/{extract.key}/extract.json")
    assert (pdf["Content-Type"], data["Content-Type"]) == ("application/pdf", "application/json")
    assert data.json()["held"]["person"][0]["given_name"] == "Layla"
    assert "Layla" not in pdf["Content-Disposition"] + data["Content-Disposition"]
    with acting(ManagerFactory(agency="MIG")):
        assert readings() == [(layla.key, "export")] * 3  # making it, and fetching it twice


def test_what_was_read_before_is_told_by_when_and_why(layla, owner, acting):
    made(layla, owner, acting)
    with acting(owner):
        Extract.objects.all().delete()
    (reading,) = content_of(layla, owner, acting)["readings"]
    assert reading["why"] == "export"
    assert set(reading) == {"agency", "at", "why"}, "By unit; who it was is the log's to know."


def test_nobody_is_told_of_readings_without_having_asked(layla, owner, desk, names, acting):
    made(layla, owner, acting)
    assert "readings" not in content_of(layla, desk, acting)


def test_a_consent_withdrawn_while_it_waits_gives_nothing(layla, desk, owner, names, acting):
    extract = asked(layla, desk, acting)
    with acting(owner):
        close_disclosure(**names)
    send_all(KIND)
    with acting(desk):
        assert not Extract.objects.exists()
    assert browser_of(desk).get(f"/extracts/{extract.key}/").status_code == 404


def test_a_consent_withdrawn_afterwards_closes_what_was_made(layla, desk, owner, names, acting):
    extract = made(layla, desk, acting)
    page = browser_of(desk)
    assert page.get(f"/extracts/{extract.key}/extract.json").status_code == 200
    with acting(owner):
        close_disclosure(**names)
    assert page.get(f"/extracts/{extract.key}/extract.json").status_code == 404


def test_who_has_left_gets_nothing(layla, owner, acting):
    asked(layla, owner, acting)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    send_all(KIND)
    with acting(owner):
        assert Extract.objects.get().state == Extract.State.QUEUED
    assert [d.state for d in outbox(kind=KIND)] == ["done"], "Nobody else could fetch it."


def test_a_second_run_makes_nothing_again(layla, owner, acting):
    first = made(layla, owner, acting)
    make_extract(key=first.pk, by=owner, at=NOW + timedelta(minutes=1))
    with acting(owner):
        assert Extract.objects.get().made_at == first.made_at
    with acting(ManagerFactory(agency="MIG")):
        assert len(readings()) == 1


def test_two_presses_ask_once(layla, owner, acting):
    page = browser_of(owner)
    addresses = {page.post(f"/people/{layla.key}/extract/")["Location"] for _ in range(2)}
    assert len(addresses) == 1
    with acting(owner):
        extract = Extract.objects.get()
    (dispatch,) = outbox(kind=KIND)
    assert (dispatch.subject, dispatch.by, dispatch.agency) == (extract.pk, owner, owner.agency)


def test_a_protected_person_is_not_written_out(layla, owner, acting):
    with acting(owner):
        Party.objects.update(is_protected=True)
        with pytest.raises(IdentityProtected):
            ask_extract(newcomer=layla, by=owner, at=NOW)
    answer = browser_of(owner).post(f"/people/{layla.key}/extract/")
    assert answer.status_code == 422
    assert "Turn to your manager" in answer.text


def test_a_protected_person_is_not_written_out_by_whom_they_visit(layla, owner, desk, names, acting):
    with acting(owner):
        Party.objects.update(is_protected=True)
    with acting(desk), pytest.raises(IdentityProtected):
        ask_extract(newcomer=layla, by=desk, at=NOW)


def test_who_works_for_no_agency_answers_for_nothing(layla):
    with pytest.raises(NoAgency):
        ask_extract(newcomer=layla, by=CoordinatorFactory(), at=NOW)


def test_a_person_who_is_not_seen_is_not_there(layla, owner, desk, acting):
    extract = made(layla, owner, acting)
    colleague = UserFactory()
    for user, address in ((desk, f"/people/{layla.key}/extract/"), (desk, f"/people/{uuid4()}/extract/")):
        assert browser_of(user).post(address).status_code == 404
    for user in (desk, colleague):
        for ending in ("", "extract.json", "extract.pdf"):
            hidden = browser_of(user).get(f"/extracts/{extract.key}/{ending}")
            none = browser_of(user).get(f"/extracts/{uuid4()}/{ending}")
            assert hidden.status_code == none.status_code == 404
            assert hidden.content == none.content


def test_the_wall_refuses_an_extract_in_anothers_name(layla, owner, desk, acting):
    with (
        acting(owner),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        ExtractFactory(newcomer=layla, asked_by=desk)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.MANAGER])
def test_the_partys_page_has_a_button_for_each_person(chain, owner, role):
    user = owner if role == Role.CASEWORKER else ManagerFactory(agency="MIG")
    page = browser_of(user).get(f"/parties/{chain.party.reference}/")
    assert page.text.count("/extract/") == 4


def test_the_visits_page_has_a_button_for_each_open_name(chain, desk, names):
    page = browser_of(desk).get(f"/visits/{chain.reference}/")
    assert page.text.count("/extract/") == 4
