"""Acts where a search finds nothing: each gives the day that it names, and costs a bounded number of searches."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Site
from bookings.models import Chain, Event, Party
from bookings.proposals import acts
from bookings.proposals.propose import earliest
from bookings.proposals.signed import read_proposal
from bookings.templatetags.staff import event_sentence
from tests.bookings.api_steps import DESKS, FIRST, SECOND, THIRD
from tests.factories.agencies import the_site
from tests.factories.interpreters import open_day

pytestmark = pytest.mark.django_db
WITHOUT_AF = DESKS | {"AF": 0}
UNTIL = {"to": "2026-12-08"}


@pytest.fixture
def no_af(norrkoping) -> None:
    open_day(norrkoping, FIRST, desks=WITHOUT_AF, interpreters={"ar": 1})


def found(answer) -> dict[str, dict]:
    """The hints by their kind."""
    return {hint["kind"]: hint for hint in answer.json()["why_not"]}


def test_without_an_agency_the_day_comes_and_the_same_search_finds_it(ask, register, no_af):
    party = register()
    act = found(ask(party))["without"]
    assert (act["agency"], act["date"], act["change"]) == ("AF", "2026-12-08", {"without": ["AF"]})
    (first, *_rest) = ask(party, **act["change"]).json()["proposals"]
    assert first["date"] == act["date"]
    assert first["meetings"][0]["starts_at"] == act["starts_at"]
    assert "AF" not in {meeting["agency"] for meeting in first["meetings"]}


def test_where_a_chain_may_take_several_days_the_agency_is_met_on_another_one(
    ask, register, no_af, norrkoping
):
    norrkoping.several_days = True
    norrkoping.save()
    told = found(ask(register()))
    assert "without" not in told
    assert told["another_day"]["change"] == {"without": ["AF"]}
    assert told["another_day"]["detail"].startswith("With Swedish Public Employment Service on another day")


def test_where_all_are_met_on_one_day_to_leave_one_out_comes_last_of_the_sooner(
    api, ask, register, caseworker, no_af, norrkoping
):
    malmo = the_site("malmo")
    open_day(malmo, SECOND, desks=DESKS, interpreters={"ar": 1})
    caseworker.sites.add(malmo)
    open_day(norrkoping, date(2026, 12, 21), desks=DESKS, interpreters={"ar": 1})
    party = register()

    def kinds() -> list[str]:
        acts = [hint["kind"] for hint in ask(party).json()["why_not"]]
        return [kind for kind in acts if kind in {"site", "without", "another_day", "first"}]

    assert kinds() == ["site", "without", "first"]
    norrkoping.several_days = True
    norrkoping.save()
    assert kinds() == ["another_day", "site", "first"]


def test_only_what_gives_a_day_is_an_act(ask, register, no_af):
    """Without any other agency than the one that has no desk there is still no day."""
    hints = ask(register()).json()["why_not"]
    assert [hint["agency"] for hint in hints if hint["kind"] == "without"] == ["AF"]


def test_an_agency_that_must_be_met_is_never_left_out(ask, register, norrkoping):
    open_day(norrkoping, FIRST, desks=DESKS | {"MIG": 0}, interpreters={"ar": 1})
    party = register()
    assert "without" not in found(ask(party))
    refused = ask(party, without=["MIG"])
    assert refused.status_code == 422
    assert list(refused.json()["errors"]) == ["without"]


def test_an_act_that_is_not_sooner_than_the_later_day_is_not_told(ask, register, no_af, norrkoping):
    open_day(norrkoping, date(2026, 12, 21), desks=DESKS, interpreters={"ar": 1})
    sooner = found(ask(register()))
    assert (sooner["without"]["date"], sooner["first"]["date"]) == ("2026-12-08", "2026-12-21")
    closed = found(ask(register(), to="2026-12-07"))
    assert set(closed) == {"closed", "first"}


def test_the_nearest_other_site_of_ones_own_with_a_day(api, ask, register, caseworker, norrkoping):
    malmo = the_site("malmo")
    open_day(malmo, SECOND, desks=DESKS, interpreters={"ar": 1})
    party = register()
    assert "site" not in found(ask(party))
    caseworker.sites.add(malmo)
    act = found(ask(party))["site"]
    assert (act["date"], act["change"]) == ("2026-12-09", {"site": "malmo"})
    assert ask(party, **act["change"]).json()["proposals"][0]["date"] == "2026-12-09"
    Site.objects.filter(pk=malmo.pk).update(state=Site.State.PAUSED)
    assert "site" not in found(ask(party))


def test_too_little_notice_has_its_search_only_if_that_finds_a_day(ask, register, norrkoping):
    search = {"from": "2026-11-23", "to": "2026-11-25"}
    assert found(ask(register(), **search))["notice"]["change"] is None
    open_day(norrkoping, FIRST, desks=DESKS, interpreters={"ar": 1})
    assert found(ask(register(), **search))["notice"]["change"]


def test_the_number_of_searches_is_bounded(ask, register, no_af, caseworker, monkeypatch):
    caseworker.sites.add(*Site.objects.exclude(code="norrkoping")[:8])
    searches = []

    def counted(**search):
        searches.append(search)
        return earliest(**search)

    monkeypatch.setattr(acts, "earliest", counted)
    party = register()
    with CaptureQueriesContext(connection) as queries:
        ask(party)
    assert 0 < len(searches) <= acts.MOST_AGENCIES + acts.MOST_SITES
    assert len(queries) < 120


def test_a_day_without_an_agency_is_booked_and_the_choice_is_kept(
    ask, register, post_chain, no_af, acting, caseworker
):
    party = register()
    booked = post_chain(party, ask(party, without=["AF"]).json()["proposals"][0]["id"])
    assert booked.status_code == 201
    with acting(caseworker):
        kept = Party.objects.get(reference=party)
        assert list(kept.stop_choices.values_list("agency_code", "is_on")) == [("AF", False)]
        told = event_sentence(Event.objects.get(party_id=kept.pk, kind=Event.Kind.BOOKED))
        assert told.endswith(" Möts inte: Arbetsförmedlingen.")


def test_a_day_is_moved_without_an_agency(
    ask, register, propose, api, post_chain, norrkoping, no_af, acting, caseworker
):
    open_day(norrkoping, THIRD, desks=DESKS, interpreters={"ar": 1})
    party = register()
    chain = post_chain(party, propose(party)[0]["id"]).json()
    sooner = ask(party, **UNTIL, without=["AF"]).json()["proposals"][0]
    moved = api.post(f"/api/v1/chains/{chain['reference']}/move/", {"proposal": sooner["id"]})
    assert moved.status_code == 200
    with acting(caseworker):
        assert Chain.objects.get().meetings.filter(agency__code="AF").count() == 0
        assert list(Party.objects.get(reference=party).stop_choices.values_list("agency_code", "is_on")) == [
            ("AF", False)
        ]


def test_the_sealed_proposal_says_without_whom(ask, register, no_af):
    (proposal, *_rest) = ask(register(), without=["AF"]).json()["proposals"]
    read = read_proposal(proposal["id"])
    assert read
    assert read.without == ("AF",)


def test_the_sentence_has_day_and_hour_in_the_readers_language(api, register, no_af):
    question = {
        "party": register(),
        "site": "norrkoping",
        "track": 1,
        "from": "2026-12-01",
        "to": "2026-12-18",
    }
    hints = api.post("/api/v1/proposals/", question, headers={"Accept-Language": "sv"}).json()["why_not"]
    (act,) = [hint for hint in hints if hint["kind"] == "without"]
    hour = act["starts_at"][11:16]
    assert act["detail"] == f"Utan Arbetsförmedlingen: tisdag 8 december 2026 {hour}"
