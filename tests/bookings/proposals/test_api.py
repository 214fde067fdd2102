"""Proposals and why there are none, through the API."""

import zlib
from base64 import urlsafe_b64decode
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Location, Site
from tests.bookings.api_steps import DESKS, FIRST
from tests.browser import browser_of
from tests.factories.agencies import UserFactory, the_site
from tests.factories.interpreters import open_day

pytestmark = pytest.mark.django_db


WHY_NOT = {"kind", "type", "agency", "date", "starts_at", "ends_at", "detail", "change", "also"}


def test_a_proposal_has_the_agreed_shape(ask, register, open_days):
    answer = ask(register()).json()
    assert list(answer) == ["proposals", "why_not", "more_after"]
    assert answer["why_not"] == []
    assert len(answer["proposals"]) == 3
    proposal = answer["proposals"][0]
    assert set(proposal) == {
        "id",
        "date",
        "marks",
        "waiting_minutes",
        "outside_interpreter",
        "meetings",
        "pauses",
        "left_out",
    }
    assert proposal["date"] == "2026-12-08"
    assert proposal["meetings"][0]["agency"] == "MIG"
    for meeting in proposal["meetings"]:
        assert set(meeting) == {
            "agency",
            "municipality",
            "starts_at",
            "ends_at",
            "desk",
            "interpreter",
            "adult",
        }
        assert meeting["adult"] is None
        assert meeting["municipality"] == ("0581" if meeting["agency"] == "KOM" else None)
        assert meeting["starts_at"].endswith("+01:00")
        assert datetime.fromisoformat(meeting["starts_at"]) < datetime.fromisoformat(meeting["ends_at"])


def test_a_proposal_tells_no_row_numbers(ask, register, open_days):
    """Its id is encrypted: nothing that it decodes to is text, and no two are alike."""
    party = register()
    ids = [proposal["id"] for _ in range(2) for proposal in ask(party).json()["proposals"]]
    assert len(set(ids)) == 6
    for sealed in ids:
        raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        assert not any(word in raw for word in (b"site_day", b"desk", party.encode()))
        with pytest.raises(zlib.error):
            zlib.decompress(raw)
    assert max(map(len, ids)) < 700


def test_days_are_looked_for_where_the_user_works(signed_in, register, open_days):
    """As on the page, whose list of sites is the user's."""
    elsewhere = {"site": "malmo", "track": 1, "from": "2026-12-01", "to": "2026-12-18"}
    user = UserFactory()
    party = register()
    answer = signed_in(user).post("/api/v1/proposals/", elsewhere | {"party": party})
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("site-of-others")
    assert list(answer.json()["errors"]) == ["site"]
    page = browser_of(user).get(f"/parties/{party}/book/", {"site": str(the_site("malmo").pk)})
    assert page.status_code == 422


def test_summer_has_its_own_offset(api, register, norrkoping, ask):
    open_day(norrkoping, date(2027, 4, 6), desks=DESKS, interpreters={"ar": 1})
    proposal = ask(register(), **{"from": "2027-04-01", "to": "2027-04-09"}).json()["proposals"][0]
    assert proposal["meetings"][0]["starts_at"].endswith("+02:00")


def test_desks_and_interpreter_are_opaque_and_stable_within_a_day(propose, register, open_days):
    one, other = propose(register(), limit=10), propose(register(), limit=10)
    desks: dict[tuple[str, str], str] = {}
    for proposal in one + other:
        assert len({meeting["interpreter"] for meeting in proposal["meetings"]}) == 1
        for meeting in proposal["meetings"]:
            key = proposal["date"], meeting["agency"]
            assert desks.setdefault(key, meeting["desk"]) == meeting["desk"]
            assert len(meeting["desk"]) == 12
    assert len(set(desks.values())) == len(desks) == 15  # another day, another reference


def test_nobody_interprets_where_none_is_needed(propose, register, open_days):
    meetings = propose(register(language="sv"))[0]["meetings"]
    assert {meeting["interpreter"] for meeting in meetings} == {None}


@pytest.mark.parametrize("limit", [1, 2, 10])
def test_the_limit_is_kept(propose, register, open_days, limit):
    assert 1 <= len(propose(register(), limit=limit)) <= limit


def test_three_are_proposed_unless_told(propose, register, open_days):
    assert len(propose(register())) == 3


def test_why_not_says_what_would_help(ask, register, norrkoping):
    open_day(norrkoping, FIRST, desks=DESKS | {"SKV": 0}, interpreters={"ar": 1})
    answer = ask(register()).json()
    assert answer["proposals"] == []
    hint = answer["why_not"][0]
    assert set(hint) == WHY_NOT
    assert (hint["kind"], hint["agency"], hint["date"]) == ("desk", "SKV", "2026-12-08")
    assert hint["starts_at"].startswith("2026-12-08T")
    assert hint["starts_at"].endswith("+01:00")
    assert "Swedish Tax Agency" in hint["detail"]


def test_why_not_speaks_the_readers_language(api, register, norrkoping):
    question = {
        "party": register(),
        "site": "norrkoping",
        "track": 1,
        "from": "2026-12-01",
        "to": "2026-12-18",
    }
    answer = api.post("/api/v1/proposals/", question, headers={"Accept-Language": "sv"}).json()
    assert answer["why_not"][0]["kind"] == "closed"
    assert answer["why_not"][0]["detail"].startswith("Ingen dag")


def test_too_little_notice_is_told(ask, register, open_days):
    answer = ask(register(), **{"from": "2026-11-23", "to": "2026-11-25"}).json()
    assert [hint["kind"] for hint in answer["why_not"]] == ["notice", "first"]
    assert answer["why_not"][0]["date"] == "2026-11-30"
    assert answer["why_not"][0]["change"] == {"from": "2026-11-30", "to": "2026-12-21"}


def test_the_first_day_that_works_later_is_an_act(ask, register, open_days):
    search = {"from": "2026-12-01", "to": "2026-12-04"}
    party = register()
    hint = ask(party, **search).json()["why_not"][-1]
    assert (hint["kind"], hint["type"], hint["date"]) == ("first", "first", "2026-12-08")
    found = ask(party, **search | hint["change"]).json()["proposals"]
    assert found[0]["date"] == "2026-12-08"


def test_after_a_day_every_day_follows_in_order(ask, register, norrkoping):
    days = [date(2026, 12, day) for day in (8, 9, 10, 11, 14)]
    for day in days:
        open_day(norrkoping, day, desks=DESKS, interpreters={"ar": 1})
    party, seen = register(), []
    answer = ask(party).json()
    assert [one["date"] for one in answer["proposals"]] == sorted(one["date"] for one in answer["proposals"])
    while answer["more_after"]:
        answer = ask(party, after=answer["more_after"], limit=2).json()
        seen += [one["date"] for one in answer["proposals"]]
    assert seen == [str(day) for day in days]


UNUSABLE: dict[str, tuple[dict[str, Any], str]] = {
    "a range backwards": ({"from": "2026-12-18", "to": "2026-12-01"}, "to"),
    "a range of 400 days": ({"to": "2028-01-05"}, "to"),
    "no date": ({"from": "soon"}, "from"),
    "an unknown site": ({"site": "atlantis"}, "site"),
    "an unknown track": ({"track": 9}, "track"),
    "a track of another agency": ({"track": 2}, "track"),
    "no limit": ({"limit": 0}, "limit"),
    "a large limit": ({"limit": 11}, "limit"),
    "a meeting that is not booked": ({"meeting": "SKV"}, "meeting"),
    "a party that is no text": ({"party": {}}, "party"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_what_cannot_be_used_is_told_beside_its_field(ask, register, open_days, case):
    changes, field = UNUSABLE[case]
    answer = ask(register(), **changes)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]


def test_an_endless_number_is_no_track(api):
    body = (
        '{"party": "ZZZ-ZZZ", "site": "norrkoping", "track": 1e999, "from": "2026-12-01", "to": "2026-12-02"}'
    )
    answer = api.post("/api/v1/proposals/", body, content_type="application/json")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["track"]


def test_a_range_of_one_day_is_enough(propose, register, open_days):
    found = propose(register(), **{"from": "2026-12-08", "to": "2026-12-08"})
    assert {proposal["date"] for proposal in found} == {"2026-12-08"}


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_a_closed_site_is_told_beside_the_field(ask, register, open_days, state):
    Site.objects.filter(code="norrkoping").update(state=state)
    answer = ask(register())
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/site-not-open"
    assert state in answer.json()["errors"]["site"][0]


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_nobody_new_is_booked_at_a_paused_place_and_whoever_is_booked_stays(
    ask, propose, register, booked, api, state
):
    place = Location.objects.filter(site__code="norrkoping", kind="main")
    other = register()
    looked_at = propose(other)[0]["id"]
    place.update(state=state)
    assert ask(other).json()["proposals"] == []
    answer = api.post("/api/v1/chains/", {"party": other, "proposal": looked_at})
    assert answer.status_code == 409
    assert propose(booked["party"], meeting="MIG")
    place.update(state="open")
    assert propose(other)


def test_another_agencys_party_is_not_there(register, foreign_api, open_days):
    question = {"site": "norrkoping", "track": 2, "from": "2026-12-01", "to": "2026-12-18"}
    theirs, nobodys = (
        foreign_api.post("/api/v1/proposals/", question | {"party": party})
        for party in (register(), "ZZZ-ZZZ")
    )
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_a_booked_partys_proposals_are_for_moving(propose, booked):
    found = propose(booked["party"], limit=10)
    now = [meeting["starts_at"] for meeting in booked["meetings"]]
    assert found
    assert now not in [[meeting["starts_at"] for meeting in proposal["meetings"]] for proposal in found]


def test_one_meeting_moves_and_the_others_stay(propose, booked):
    found = propose(booked["party"], meeting="MIG")
    held = {meeting["agency"]: meeting["starts_at"] for meeting in booked["meetings"]}
    assert found
    for proposal in found:
        moved = {meeting["agency"]: meeting["starts_at"] for meeting in proposal["meetings"]}
        assert {agency for agency in held if held[agency] != moved[agency]} == {"MIG"}


def test_the_cost_does_not_grow_with_the_days(ask, register, norrkoping):
    party, costs = register(), []
    for days in ([FIRST], [date(2026, 12, day) for day in (9, 10, 11, 14, 15, 16, 17, 18)]):
        for day in days:
            open_day(norrkoping, day, desks=DESKS, interpreters={"ar": 1})
        with CaptureQueriesContext(connection) as queries:
            assert ask(party).json()["proposals"]
        costs.append(len(queries))
    assert costs[0] == costs[1]
