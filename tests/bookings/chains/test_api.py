"""Book, move and cancel through the API."""

from datetime import time, timedelta

import pytest

from agencies.models import Site
from bookings.models import Chain, Claim, Summons
from tests.bookings.api_steps import CHAINS, DESKS, FIRST, HADDAD, SECOND, at
from tests.factories.interpreters import open_day

pytestmark = pytest.mark.django_db

QUERIES = 17


def test_a_family_is_booked_in_three_requests(api, open_days):
    party = api.post("/api/v1/parties/", HADDAD).json()["reference"]
    question = {"party": party, "site": "norrkoping", "track": 1, "from": "2026-12-01", "to": "2026-12-18"}
    proposal = api.post("/api/v1/proposals/", question).json()["proposals"][0]
    answer = api.post(CHAINS, {"party": party, "proposal": proposal["id"]})
    assert answer.status_code == 201
    chain = answer.json()
    assert {name: chain[name] for name in ("party", "state", "date", "site", "track", "waiting_minutes")} == {
        "party": party,
        "state": "booked",
        "date": proposal["date"],
        "site": "norrkoping",
        "track": 1,
        "waiting_minutes": proposal["waiting_minutes"],
    }
    expected = {"attendance": "expected", "checked_in_at": None}
    expected |= {"form": "on_site", "together_with": None, "group": None}
    assert chain["meetings"] == [meeting | expected for meeting in proposal["meetings"]]
    assert chain["left_out"] == proposal["left_out"] == []
    assert api.get(f"/api/v1/parties/{party}/").json()["chain"] == chain["reference"]


def test_each_adult_has_a_summons_and_a_link(booked):
    assert [copy["adult"] for copy in booked["summons"]] == ["Omar Haddad", "Layla Haddad"]
    for number, copy in enumerate(booked["summons"], start=1):
        assert copy["version"] == 1
        assert copy["pdf"] == f"http://testserver{at(booked, 'summons.pdf')}?adult={number}"
    assert len({copy["link"] for copy in booked["summons"]}) == 2


def test_a_chain_is_read_again(api, booked):
    assert api.get(at(booked)).json() == booked
    assert api.get(CHAINS).json()["results"] == [booked]


def test_a_double_press_books_once(api, post_chain, propose, register, open_days, caseworker, acting):
    party = register()
    proposals = propose(party)
    chain = post_chain(party, proposals[0]["id"]).json()
    for again in proposals[:2]:
        answer = post_chain(party, again["id"])
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/already-booked"
        assert answer.json()["chain"] == chain
    with acting(caseworker):
        assert Chain.objects.count() == Summons.objects.count() == 1


def test_the_slower_of_two_browsers_gets_alternatives(post_chain, propose, register, open_days):
    quick, slow = register(), register()
    proposals = {party: propose(party)[0] for party in (quick, slow)}
    assert post_chain(quick, proposals[quick]["id"]).status_code == 201
    answer = post_chain(slow, proposals[slow]["id"])
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["type"] == "/problems/slot-taken"
    assert problem["detail"] == "Somebody else has just taken that time."
    assert problem["proposals"]
    assert problem["why_not"] == []
    assert post_chain(slow, problem["proposals"][0]["id"]).status_code == 201


def test_the_last_day_taken_says_why_there_is_none(post_chain, propose, register, norrkoping):
    open_day(norrkoping, FIRST, desks=DESKS, interpreters={"ar": 1}, closes=time(14))
    quick, slow = register(), register()
    proposals = {party: propose(party)[0]["id"] for party in (quick, slow)}
    post_chain(quick, proposals[quick])
    problem = post_chain(slow, proposals[slow]).json()
    assert problem["type"] == "/problems/slot-taken"
    assert problem["proposals"] == []
    assert problem["why_not"]


def test_a_site_that_closed_meanwhile_has_no_alternatives(post_chain, propose, register, open_days):
    party = register()
    proposal = propose(party)[0]["id"]
    Site.objects.filter(code="norrkoping").update(state="closed")
    problem = post_chain(party, proposal).json()
    assert (problem["status"], problem["proposals"]) == (409, [])
    assert [hint["kind"] for hint in problem["why_not"]] == ["closed"]


def test_a_day_that_is_gone_meanwhile_has_no_alternatives(post_chain, propose, register, norrkoping):
    site_day = open_day(norrkoping, FIRST, desks=DESKS, interpreters={"ar": 1})
    party = register()
    proposal = propose(party)[0]["id"]
    site_day.delete()
    problem = post_chain(party, proposal).json()
    assert (problem["type"], problem["proposals"]) == ("/problems/slot-taken", [])
    assert problem["why_not"]


def test_a_forged_an_expired_and_anothers_proposal_are_refused_alike(
    post_chain, propose, register, open_days, clock
):
    party = register()
    mine, anothers = propose(party)[0]["id"], propose(register(language="sv"))[0]["id"]
    answers = [
        post_chain(party, "x"),
        post_chain(party, mine[:-1]),
        post_chain(party, mine + "é"),
        post_chain(party, anothers),
    ]
    clock.shift(timedelta(hours=12, seconds=1))
    answers.append(post_chain(party, mine))
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.content for answer in answers}) == 1
    problem = answers[0].json()
    assert problem["type"] == "/problems/proposal-not-valid"
    assert problem["errors"] == {"proposal": ["This proposal is no longer valid. Search for new ones."]}


def test_a_proposal_to_move_one_meeting_books_no_day(api, post_chain, propose, booked):
    one = propose(booked["party"], meeting="MIG")[0]["id"]
    api.post(at(booked, "cancel/"), {"reason": "Sjuk"})
    assert post_chain(booked["party"], one).status_code == 422


@pytest.mark.parametrize("field", ["party", "proposal"])
def test_what_is_missing_is_told(api, register, field):
    answer = api.post(CHAINS, {"party": register(), "proposal": "x"} | {field: ""})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]


def test_a_moved_chain_gets_a_second_version(api, propose, booked):
    proposal = propose(booked["party"], **{"from": "2026-12-09"})[0]
    answer = api.post(at(booked, "move/"), {"proposal": proposal["id"]})
    assert answer.status_code == 200
    moved = answer.json()
    assert moved["reference"] == booked["reference"]
    assert moved["date"] == "2026-12-09"
    assert [meeting["starts_at"] for meeting in moved["meetings"]] == [
        meeting["starts_at"] for meeting in proposal["meetings"]
    ]
    assert {copy["version"] for copy in moved["summons"]} == {2}
    assert [copy["link"] for copy in moved["summons"]] == [copy["link"] for copy in booked["summons"]]


def test_one_meeting_is_moved(api, propose, booked):
    proposal = propose(booked["party"], meeting="MIG")[0]
    moved = api.post(at(booked, "move/"), {"proposal": proposal["id"]}).json()
    assert moved["meetings"][0]["starts_at"] == proposal["meetings"][0]["starts_at"]
    assert moved["meetings"][1:] == booked["meetings"][1:]


def test_a_move_that_comes_too_late_gets_alternatives(api, post_chain, propose, register, booked):
    proposal = propose(booked["party"], **{"from": "2026-12-09"})[0]["id"]
    quick = register()
    post_chain(quick, propose(quick, **{"from": "2026-12-09"})[0]["id"])
    answer = api.post(at(booked, "move/"), {"proposal": proposal})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/slot-taken"
    assert answer.json()["proposals"]
    assert api.get(at(booked)).json() == booked


def test_a_cancelled_day_is_free_at_once(api, post_chain, propose, booked, caseworker, acting):
    answer = api.post(at(booked, "cancel/"), {"reason": " Sjuk "})
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["cancel_reason"]) == ("cancelled", "Sjuk")
    with acting(caseworker):
        assert not Claim.objects.exists()
    assert post_chain(booked["party"], propose(booked["party"])[0]["id"]).status_code == 201


@pytest.mark.parametrize("reason", ["", "  ", None, "x" * 500, "a\x00b"])
def test_a_cancellation_needs_a_reason(api, booked, reason):
    answer = api.post(at(booked, "cancel/"), {"reason": reason})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["reason"]


@pytest.mark.parametrize(
    ("verb", "body"), [("cancel/", {"reason": "Sjuk"}), ("move/", {}), ("check-in/", {"agency": "MIG"})]
)
def test_a_cancelled_day_stays_as_it_is(api, propose, booked, verb, body):
    body = body or {"proposal": propose(booked["party"])[0]["id"]}
    api.post(at(booked, "cancel/"), {"reason": "Sjuk"})
    answer = api.post(at(booked, verb), body)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/not-booked"


@pytest.mark.parametrize("verb", ["", "move/", "cancel/", "check-in/", "summons.pdf"])
def test_another_agencys_chain_is_not_there(booked, foreign_api, verb):
    ask = foreign_api.get if verb in ("", "summons.pdf") else foreign_api.post
    theirs, nobodys = ask(at(booked, verb)), ask(at({"reference": "ZZZ-ZZZ"}, verb))
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_a_second_stale_move_is_refused_with_fresh_proposals(api, propose, booked):
    first, second = (propose(booked["party"], meeting=code)[0]["id"] for code in ("FK", "MIG"))
    moved = api.post(at(booked, "move/"), {"proposal": first}).json()
    answer = api.post(at(booked, "move/"), {"proposal": second})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/moved-meanwhile")
    assert "moved the meeting with" in problem["detail"]
    assert api.get(at(booked)).json() == moved
    assert api.post(at(booked, "move/"), {"proposal": problem["proposals"][0]["id"]}).status_code == 200


def test_a_booking_repeated_after_a_cancellation_books_nothing(api, post_chain, propose, register, open_days):
    party = register()
    proposal = propose(party)[0]["id"]
    chain = post_chain(party, proposal).json()
    api.post(at(chain, "cancel/"), {"reason": "Sjuk"})
    answer = post_chain(party, proposal)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/proposal-used")
    assert answer.json()["chain"]["reference"] == chain["reference"]
    assert api.get(CHAINS).json()["count"] == 1
    assert post_chain(party, answer.json()["proposals"][0]["id"]).status_code == 201


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("cancel/", {"reason": "Sjuk"}),
        ("move/", {}),
        ("check-in/", {"agency": "FK"}),
        ("attendance/", {"agency": "FK", "kind": "late"}),
    ],
)
def test_an_if_match_of_another_version_changes_nothing(api, propose, booked, clock, verb, body):
    clock.move_to(f"{booked['date']}T08:00:00+01:00")
    seen = api.get(at(booked))["ETag"]
    api.post(at(booked, "check-in/"), {"agency": "MIG"})
    now = api.get(at(booked))
    assert now["ETag"] != seen
    last = now.json()["meetings"][-1]["agency"]
    body = body or {"proposal": propose(booked["party"], meeting=last)[0]["id"]}
    for old in (seen, f"W/{now['ETag']}", '"x", "y"', "x"):
        answer = api.post(at(booked, verb), body, headers={"If-Match": old})
        assert (answer.status_code, answer.json()["type"]) == (412, "/problems/precondition-failed")
    assert api.get(at(booked)).json() == now.json()
    done = api.post(at(booked, verb), body, headers={"If-Match": f'"0", {now["ETag"]}'})
    assert done.status_code == 200
    assert done["ETag"] == api.get(at(booked))["ETag"] != now["ETag"]


def test_a_partys_tag_changes_with_its_day(api, register, propose, post_chain, open_days):
    party = register()
    address = f"/api/v1/parties/{party}/"
    tags = [api.get(address)["ETag"]]
    chain = post_chain(party, propose(party)[0]["id"]).json()
    tags.append(api.get(address)["ETag"])
    api.post(at(chain, "cancel/"), {"reason": "Sjuk"})
    tags.append(api.get(address)["ETag"])
    assert len(set(tags)) == 3


def test_a_passed_day_is_done_before_anybody_closes_it(api, booked, clock):
    clock.move_to(f"{booked['date']}T23:00:00+01:00")
    assert api.get(at(booked)).json()["state"] == "done"
    assert api.get(f"/api/v1/parties/{booked['party']}/").json()["chain"] is None
    answer = api.post(at(booked, "cancel/"), {"reason": "Sjuk"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-booked")


def test_a_municipality_without_a_desk_there_is_said_to_be_left_out(
    api, post_chain, propose, register, open_days
):
    party = register(municipality="0582")
    proposal = propose(party)[0]
    assert "KOM" not in {meeting["agency"] for meeting in proposal["meetings"]}
    (left_out,) = proposal["left_out"]
    assert (left_out["agency"], left_out["reason"]) == ("KOM", "no-desk-there")
    chain = post_chain(party, proposal["id"]).json()
    assert chain["left_out"] == [left_out]
    assert api.get(at(chain)).json()["left_out"] == [left_out]


def test_nothing_is_booked_for_another_agencys_party(register, propose, foreign_api, open_days):
    party = register()
    answer = foreign_api.post(CHAINS, {"party": party, "proposal": propose(party)[0]["id"]})
    assert answer.status_code == 404
    assert foreign_api.get(CHAINS).json()["results"] == []


def test_the_list_costs_the_same_for_one_and_for_three(
    api, post_chain, propose, register, norrkoping, django_assert_num_queries
):
    for day in (FIRST, SECOND, SECOND + timedelta(days=1)):
        open_day(norrkoping, day, desks=DESKS, interpreters={"ar": 1})
    for count in (1, 3):
        while api.get(CHAINS).json()["count"] < count:
            party = register()
            assert post_chain(party, propose(party)[0]["id"]).status_code == 201
        with django_assert_num_queries(QUERIES):
            api.get(CHAINS)
