"""Parties at other sites: in no list, and open by their code to whoever says why, until midnight."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bookings.models import Chain, Event, Party
from bookings.parties.cross import NoReasonToOpen, NoSuchParty, open_elsewhere
from bookings.parties.protect import protect_party
from bookings.parties.queries import chains, listed_chains, listed_parties, parties
from bookings.visits.queries import is_seen
from tests.browser import browser_of, words_of
from tests.factories.agencies import SiteDayFactory, UserFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, PartyFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
WHY = "The family has called us from the train"


@pytest.fixture
def colleague():
    """A caseworker of the same agency, at Malmö."""
    return UserFactory(sites=[the_site("malmo")])


@pytest.fixture
def chain(book) -> Chain:
    """A day at Norrköping."""
    return book()


def addresses(chain):
    party = f"/parties/{chain.party.reference}/"
    day = f"/chains/{chain.reference}/"
    other = f"/checklists/{chain.reference}/"
    return [
        party,
        f"{party}book/",
        f"{party}protect/",
        day,
        f"{day}move/",
        f"{day}cancel/",
        f"{day}consents/",
        other,
    ]


def test_lists_and_search_show_the_own_sites(chain, caseworker, colleague, acting, signed_in):
    for user, count in ((caseworker, 1), (colleague, 0)):
        with acting(user):
            assert [listed_parties(at=NOW).count(), listed_chains().count()] == [count, count]
            assert listed_parties(search=chain.reference, at=NOW).count() == count
        page = browser_of(user).get("/parties/", {"q": "Given"})
        assert page.text.count(f'href="/parties/{chain.party.reference}/"') == count
        assert (chain.reference in browser_of(user).get("/").text) == bool(count)
        api = signed_in(user)
        counted = [api.get(f"/api/v1/{name}/").json()["count"] for name in ("parties", "chains")]
        assert counted == [count, count]


def test_a_party_without_a_day_is_where_whoever_registered_it_works(caseworker, colleague, acting):
    with acting(caseworker):
        PartyFactory(registered_by=caseworker)
    with acting(UserFactory()):
        assert listed_parties(at=NOW).exists()
    with acting(colleague):
        assert not listed_parties(at=NOW).exists()
        PartyFactory(registered_by=colleague)
        assert listed_parties(at=NOW).count() == 1


def test_one_with_days_at_two_sites_is_listed_once_at_each(chain, caseworker, colleague, acting):
    with acting(caseworker):
        days = [
            SiteDayFactory(location=main_place(the_site(code)), date=date(2027, 2, 2))
            for code in ("malmo", "norrkoping")
        ]
        for day in days:
            ChainFactory(party=chain.party, site_day=day, state=Chain.State.DONE)
        assert listed_parties(at=NOW).count() == 1
    with acting(colleague):
        assert listed_parties(at=NOW).count() == 1


def test_nothing_of_it_opens_by_its_address(chain, colleague, acting, signed_in):
    browser, api = browser_of(colleague), signed_in(colleague)
    assert {browser.get(address).status_code for address in addresses(chain)} == {404}
    for address in (
        f"parties/{chain.party.reference}/",
        f"chains/{chain.reference}/",
        f"chains/{chain.reference}/summons.pdf",
        f"chains/{chain.reference}/consents/",
        f"checklists/{chain.reference}/",
    ):
        assert api.get(f"/api/v1/{address}").status_code == 404
    question = {
        "party": chain.party.reference,
        "site": "malmo",
        "track": 1,
        "from": "2026-12-01",
        "to": "2026-12-18",
    }
    assert api.post("/api/v1/proposals/", question).status_code == 404
    body = {"party": chain.party.reference, "proposal": "x"}
    assert api.post("/api/v1/chains/", body).status_code == 404
    with acting(colleague):
        key = chain.party.members.first().key
        assert not is_seen(chain.reference)
    assert browser.post(f"/people/{key}/extract/").status_code == 404


@pytest.mark.parametrize("what", ["party", "chain", "typed"])
def test_a_code_and_a_reason_open_it_for_the_day(chain, colleague, caseworker, acting, clock, what):
    code = {
        "party": chain.party.reference,
        "chain": chain.reference,
        "typed": chain.reference.lower().replace("-", " "),
    }[what]
    browser = browser_of(colleague)
    answer = browser.post("/parties/open/", {"reference": code, "reason": WHY})
    assert answer["Location"] == f"/parties/{chain.party.reference}/"
    page = words_of(browser.get(answer["Location"]))
    assert f"Opened from another site: {WHY}" in page
    assert browser.get(f"/chains/{chain.reference}/").status_code == 200
    with acting(colleague):
        assert parties().get() == chain.party
        assert chains().get() == chain
        assert not listed_parties(at=NOW).exists()
        assert not listed_chains().exists()
    with acting(UserFactory(sites=[the_site("malmo")])):
        assert not parties().exists()
    clock.shift(timedelta(days=1))
    with acting(colleague):
        assert not parties().exists()
    with acting(caseworker):
        (event,) = chain.party.events.filter(kind=Event.Kind.CROSSED)
    assert (event.by, event.facts) == (colleague, {"reason": WHY})


def test_the_api_opens_it_too(chain, colleague, signed_in):
    api, address = signed_in(colleague), f"/api/v1/parties/{chain.party.reference}/"
    assert api.get(address).status_code == 404
    refused = api.post(f"{address}open/", {"reason": " "})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["reason"])
    assert api.get(address).status_code == 404
    opened = api.post(f"{address}open/", {"reason": WHY})
    assert opened.status_code == 200
    assert api.get(address).json() == opened.json()
    assert api.get(f"/api/v1/chains/{chain.reference}/").status_code == 200


def test_what_is_at_hand_is_opened_without_an_entry(chain, caseworker, acting):
    with acting(caseworker):
        assert (
            open_elsewhere(reference=chain.reference, reason=WHY, by=caseworker, at=timezone.now())
            == chain.party
        )
        assert not chain.party.events.filter(kind=Event.Kind.CROSSED).exists()


@pytest.mark.parametrize("code", ["ZZZ-ZZZ", "", "'; --", "another"])
def test_no_code_tells_of_another_agencys_party(chain, acting, code):
    stranger = UserFactory(agency="AF", sites=[the_site("malmo")])
    code = chain.party.reference if code == "another" else code
    with acting(stranger):
        with pytest.raises(NoSuchParty):
            open_elsewhere(reference=code, reason=WHY, by=stranger, at=timezone.now())
        assert not Event.objects.exists()
    answer = browser_of(stranger).post("/parties/open/", {"reference": code or " ", "reason": WHY})
    assert answer.status_code in (404, 422)
    assert "Location" not in answer


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, "a\x1bb"])
def test_a_reason_is_needed(chain, colleague, acting, reason):
    with acting(colleague), pytest.raises(NoReasonToOpen):
        open_elsewhere(reference=chain.reference, reason=reason, by=colleague, at=timezone.now())


def test_a_manager_of_another_site_opens_by_code_like_everybody(chain, acting):
    manager = UserFactory(role="manager", sites=[the_site("malmo")])
    assert browser_of(manager).get(f"/parties/{chain.party.reference}/").status_code == 404
    with acting(manager):
        assert Party.objects.exists()  # the walls are the agency's, the sites are the queries'


def test_the_reason_to_open_a_protected_party_names_nobody(chain, caseworker, colleague, acting):
    with acting(caseworker):
        name = chain.party.members.earliest("pk").given_name
        protect_party(party=chain.party, reason="The tax agency says so.", by=caseworker, at=timezone.now())
    with acting(colleague):
        open_elsewhere(
            reference=chain.reference, reason=f"{name} has called", by=colleague, at=timezone.now()
        )
        told = [event.facts["reason"] for event in Event.objects.filter(kind=Event.Kind.CROSSED)]
    assert len(told) == 1
    assert name not in told[0]
