"""Staff's page of a checklist: own steps to tick, the note, referrals, and others' steps once disclosed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import Reading
from agencies.secrecy.context import acting_as
from checklists.models import ChecklistRule, Tick
from checklists.steps.note import write_note
from tests.browser import browser_of, words_of
from tests.checklists.checklist_steps import tick
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(chain) -> str:
    return f"/checklists/{chain.reference}/"


def test_the_page_shows_purpose_instructions_progress_steps_and_referrals(address, fk):
    told = words_of(browser_of(fk).get(address))
    for words in (
        "The checklist shows the party what each agency has done with it and what comes next.",
        "Go through it together:",
        "0 of 3 steps done",
        "Notified to the Social Insurance Agency",
        "Each agency has its own steps. The party decides who may see them.",
        "Started by the Social Insurance Agency",
    ):
        assert words in told
    assert "Registered with the Employment Service" not in told


def test_a_tick_changes_the_progress_and_the_next_step_and_can_be_taken_back(address, fk):
    browser = browser_of(fk)
    pressed = browser.post(f"{address}steps/fk-registered/", {"done_on": "2026-11-20", "outcome": "done"})
    assert (pressed.status_code, pressed["Location"]) == (302, address)
    told = words_of(browser.get(address))
    assert "1 of 3 steps done" in told
    assert "2026-11-20 done" in told
    assert "Next Knows how to give an account number Swedish Social Insurance Agency" in told
    browser.post(f"{address}steps/fk-registered/", {"untick": "1"})
    assert "0 of 3 steps done" in words_of(browser.get(address))


def seen_at(browser: Client, address: str, form: str) -> str:
    """The version that a form of the page brings back."""
    (seen,) = re.findall(
        rf'action="{address}{form}/"[^>]*>.*?name="seen" value="([^"]+)"',
        browser.get(address).text,
        re.DOTALL,
    )
    return seen


def test_a_colleagues_tick_is_neither_replaced_nor_taken_back_unseen(address, fk):
    mine, hers = browser_of(fk), browser_of(fk)
    step, said = f"{address}steps/fk-registered/", {"done_on": "2026-11-20", "outcome": "applied"}
    unticked = seen_at(mine, address, "steps/fk-registered")
    hers.post(step, said | {"seen": unticked, "outcome": "done"})
    answer = mine.post(step, said | {"seen": unticked})
    assert answer.status_code == 409
    assert "Somebody has just changed this step." in answer.text
    assert "2026-11-20 done" in words_of(answer)
    ticked = seen_at(mine, address, "steps/fk-registered")
    hers.post(step, said | {"seen": ticked})
    answer = mine.post(step, {"untick": "1", "seen": ticked})
    assert answer.status_code == 409
    assert "Somebody has just changed this step." in answer.text
    assert "1 of 3 steps done" in words_of(answer)


def test_a_note_that_the_party_has_changed_is_not_overwritten_unseen(chain, address, owner, holder):
    browser = browser_of(owner)
    seen = seen_at(browser, address, "note")
    with acting_as(holder):
        write_note(party_id=chain.party_id, text="Hiss", by=None, at=NOW)
    answer = browser.post(f"{address}note/", {"text": "Tolk", "seen": seen})
    assert answer.status_code == 409
    assert "The note says now: Hiss" in words_of(answer)
    assert ">\nTolk</textarea>" in answer.text
    (now,) = set(re.findall(r'name="seen" value="(\w{16})"', answer.text))
    assert browser.post(f"{address}note/", {"text": "Tolk", "seen": now}).status_code == 302
    assert "Tolk</textarea>" in browser.get(address).text


def test_the_page_says_that_the_party_does_not_see_the_steps_before_its_first_meeting(address, chain, fk):
    warning = "The party sees the steps itself only after its meeting with Swedish Migration Agency."
    assert warning in words_of(browser_of(fk).get(address))
    ChecklistRule.objects.filter(track=chain.track).update(shut_until_met=False)
    assert warning not in words_of(browser_of(fk).get(address))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"done_on": "2026-11-24"}, "The date lies in the future."),
        ({"done_on": "i går"}, "Write the date as yyyy-mm-dd."),
        ({"done_on": ""}, "This field is required."),
        ({"done_on": "2026-11-20", "outcome": "<b>"}, "Select a valid choice."),
    ],
)
def test_a_refused_tick_shows_its_message_and_what_was_typed(address, fk, typed, message):
    answer = browser_of(fk).post(f"{address}steps/fk-registered/", typed)
    assert answer.status_code == 422
    assert message in words_of(answer)
    if typed["done_on"]:
        assert f'value="{typed["done_on"]}"' in answer.text


@pytest.mark.parametrize("key", ["af-registered", "nothing", "x" * 300])
def test_ticking_a_step_of_another_agency_or_none_is_answered_404(address, fk, key):
    assert browser_of(fk).post(f"{address}steps/{key}/", {"done_on": "2026-11-20"}).status_code == 404


def test_another_agencys_page_is_the_same_whatever_the_others_have_done(chain, address, fk, af, acting):
    before = words_of(browser_of(af).get(address))
    with acting(fk):
        tick(chain, "fk-registered", fk)
    assert words_of(browser_of(af).get(address)) == before


def test_a_disclosed_part_is_shown_without_forms(chain, address, fk, af, acting, open_to):
    with acting(fk):
        tick(chain, "fk-registered", fk, outcome="done")
    open_to(af, by=fk)
    told = words_of(browser_of(af).get(address))
    assert "1 of 6 steps done" in told
    assert "Notified to the Social Insurance Agency" in told
    assert f"{address}steps/fk-registered/" not in browser_of(af).get(address).text


def test_staff_without_a_part_are_answered_404_as_for_an_unknown_reference(address, acting):
    for user in (CoordinatorFactory(), HostFactory(), SecretariatFactory(), UserFactory(agency="PM")):
        browser = browser_of(user)
        there, nowhere = browser.get(address), browser.get("/checklists/222-222/")
        assert there.status_code == nowhere.status_code == 404
        assert there.content == nowhere.content
        for below in ("steps/fk-registered/", "note/", "referrals/sip/"):
            assert browser.post(address + below, {"text": "x"}).status_code == 404


def test_only_the_owner_writes_the_note_and_another_agency_reads_it_once_disclosed(
    address, owner, fk, open_to
):
    assert browser_of(owner).post(f"{address}note/", {"text": "Rullstol & hiss"}).status_code == 302
    assert browser_of(fk).post(f"{address}note/", {"text": "Annat"}).status_code == 404
    assert "Rullstol" not in browser_of(fk).get(address).text
    open_to(fk, by=owner, category="note")
    assert "Rullstol &amp; hiss" in browser_of(fk).get(address).text


def test_a_refused_note_stays_in_its_field(address, owner):
    answer = browser_of(owner).post(f"{address}note/", {"text": "å" * 501})
    assert answer.status_code == 422
    assert "Write at most 500 characters." in words_of(answer)
    assert "å" * 501 in answer.text


def test_a_referral_needs_an_agency_that_may_start_it_and_its_precondition(address, fk, af):
    refused = browser_of(af).post(
        f"{address}referrals/sip/", {"started_on": "2026-11-20", "precondition_holds": "on"}
    )
    assert refused.status_code == 422
    assert "Coordinated individual plan (SIP) is started by" in words_of(refused)
    browser = browser_of(fk)
    missing = browser.post(f"{address}referrals/avstamningsmote/", {"started_on": "2026-11-20"})
    assert missing.status_code == 422
    assert "First make sure that this holds:" in words_of(missing)
    began = browser.post(
        f"{address}referrals/avstamningsmote/", {"started_on": "2026-11-20", "precondition_holds": "on"}
    )
    assert began.status_code == 302
    assert "2026-11-20 Swedish Social Insurance Agency" in words_of(browser.get(address))
    assert browser.post(f"{address}referrals/none/", {}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_ticks(chain, address, fk, acting):
    browser = browser_of(fk)
    browser.get(address)
    costs = []
    for key in ("fk-registered", "fk-account"):
        with acting(fk):
            tick(chain, key, fk)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        costs.append(len(queries))
    assert costs == [25, 25]


def test_the_read_log_has_the_whole_party_although_the_page_names_nobody(chain, address, af, owner, acting):
    browser = browser_of(af)
    assert "Haddad" not in browser.get(address).text
    browser.post(f"{address}steps/af-registered/", {"done_on": "2026-11-20"})
    with acting(owner):
        keys = sorted(chain.party.members.values_list("key", flat=True))
    with acting(ManagerFactory(agency=af.agency)):
        assert sorted(Reading.objects.values_list("person", flat=True)) == keys


def test_the_page_in_swedish(address, fk):
    told = words_of(browser_of(fk).get(address, headers={"accept-language": "sv"}))
    assert "0 av 3 steg klara" in told
    assert "Anmäld till Försäkringskassan" in told


def test_two_presses_leave_one_tick(address, fk, acting):
    for _ in range(2):
        browser_of(fk).post(f"{address}steps/fk-registered/", {"done_on": "2026-11-20", "outcome": "done"})
    with acting(fk):
        assert Tick.objects.count() == 1
