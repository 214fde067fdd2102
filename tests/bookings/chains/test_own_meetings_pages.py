"""Meetings of an adult alone on the staff's pages and in the API: asked for, shown, moved, checked in."""

import re
from typing import Any

import pytest

from bookings.models import Chain, Newcomer
from bookings.parties.queries import meetings_by_key
from tests.bookings.api_steps import HADDAD
from tests.browser import proposals_in, words_of

pytestmark = pytest.mark.django_db
NEW = "/parties/new/"
ASKED = {"own_meetings": ["1:AF"]}  # Layla, the first row; adult 2 by age


@pytest.fixture
def family(family) -> dict[str, Any]:
    """Layla and Omar."""
    rows = ("given_name", "family_name", "birth_date", "sex")
    return family | {name: family[name][:2] for name in rows} | {"stops": family["by_rule"]}


@pytest.fixture
def chain(browser, open_days, family, caseworker, acting) -> Chain:
    signed_proposal = proposals_in(browser.post(NEW, family | ASKED))[0]
    browser.post(NEW, family | ASKED | {"do": "", "proposal": signed_proposal})
    with acting(caseworker):
        return Chain.objects.get()


@pytest.fixture
def members() -> list[dict[str, Any]]:
    layla, omar, *_children = HADDAD["members"]
    return [layla | {"own_meetings": ["AF"]}, omar]


def test_what_is_ticked_on_the_page_of_a_new_party_is_proposed_and_booked(chain, caseworker, acting):
    with acting(caseworker):
        assert Newcomer.objects.get(given_name="Layla").own_meetings == ["AF"]
        assert meetings_by_key(chain)["AF:2"].person == Newcomer.objects.get(given_name="Layla")


def test_ticks_stay_with_their_person_when_a_row_goes(browser, open_days, family):
    ticked = family | {"own_meetings": ["2:FK"]}
    page = browser.post(NEW, ticked).text
    assert 'value="2:FK" id="id_member2_own_meetings_2" checked' in page
    after = browser.post(NEW, ticked | {"do": "remove-1"}).text
    assert 'value="1:FK"' in after
    assert after.count(" checked") >= 1
    assert 'value="1:FK" id="id_member1_own_meetings_2" checked' in after


def test_the_page_of_the_chain_names_both_meetings_and_leads_to_another_time_of_either(browser, chain):
    address = f"/chains/{chain.reference}/"
    response = browser.get(address)
    assert f"{address}move/?meeting=AF:2" in response.text
    assert f"{address}move/?meeting=AF:0" in response.text
    assert "adult 2 alone" in words_of(response)
    assert browser.get(f"{address}move/", {"meeting": "AF"}).status_code == 404
    for meeting in ("AF:2", "AF:1", "AF:0"):
        assert browser.get(f"{address}move/", {"meeting": meeting}).status_code == 200


def test_the_page_of_a_correction_shows_who_is_met_alone_and_lets_it_go(browser, chain, caseworker, acting):
    with acting(caseworker):
        address = f"/parties/{chain.party.reference}/amend/"
    assert re.search(r'value="2:AF" id="id_member2_own_meetings_\d" checked', browser.get(address).text)


def test_the_api_registers_proposes_and_books_them_and_asks_which_is_to_move(
    register, ask, post_chain, open_days, members
):
    party = register(members=members)
    proposal = ask(party).json()["proposals"][0]
    met = [(meeting["agency"], meeting["adult"]) for meeting in proposal["meetings"]]
    assert sorted(met, key=str) == [
        ("AF", 2),
        ("AF", None),
        *((code, None) for code in ("FK", "KOM", "MIG", "SKV")),
    ]
    chain = post_chain(party, proposal["id"]).json()
    assert [(meeting["agency"], meeting["adult"]) for meeting in chain["meetings"]] == met
    unclear = ask(party, meeting="AF")
    assert unclear.status_code == 422
    assert "AF:2" in unclear.text
    for meeting in ("AF:2", "AF:1", "AF:0", "MIG"):
        assert ask(party, meeting=meeting).status_code == 200


def test_the_api_tells_the_own_agency_alone_who_asked(api, register, members):
    shown = api.get(f"/api/v1/parties/{register(members=members)}/").json()
    assert [member["own_meetings"] for member in shown["members"]].count(["AF"]) == 1


def test_the_api_checks_in_at_the_one_that_is_named(
    api, register, ask, post_chain, open_days, members, clock
):
    party = register(members=members)
    chain = post_chain(party, ask(party).json()["proposals"][0]["id"]).json()
    clock.move_to(chain["meetings"][0]["starts_at"])
    address = f"/api/v1/chains/{chain['reference']}/check-in/"
    unclear = api.post(address, {"agency": "AF"})
    assert unclear.status_code == 409
    assert unclear.json()["type"].endswith("which-meeting")
    answer = api.post(address, {"agency": "AF:2"})
    assert answer.status_code == 200
    states = {(one["agency"], one["adult"]): one["attendance"] for one in answer.json()["meetings"]}
    assert (states["AF", 2], states["AF", None]) == ("began", "expected")
