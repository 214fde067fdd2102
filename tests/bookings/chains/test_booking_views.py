"""A new party on one page: nothing is lost, nothing is kept before the booking, and then both."""

import re
from uuid import uuid4

import pytest

from agencies.models import Site
from bookings.models import Chain, Newcomer, Party
from tests.browser import browser_of, proposals_in, words_of
from tests.factories.agencies import CoordinatorFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/parties/new/"


def kept(user, acting, model=Party) -> int:
    with acting(user):
        return int(model.objects.count())


def field(page: str, name: str) -> str:
    """The part of the page round a field, its message included."""
    found = re.search(rf'<div class="field[^"]*">(?:(?!</div>).)*name="{name}".*?</div>', page, re.DOTALL)
    assert found
    return found.group()


def test_the_page_begins_with_what_is_usual(browser, open_days):
    page = browser.get(ADDRESS).text
    assert 'value="0581" selected' in page
    assert 'value="UTL-5-1" selected' in page
    assert 'value="2026-11-30"' in page
    assert 'value="2026-12-21"' in page
    assert len(re.findall(r'name="given_name"', page)) == 1


def test_municipalities_stand_in_swedish_order(browser):
    names = re.findall(r'<option value="\d{4}"[^>]*>([^<]+)', browser.get(ADDRESS).text)
    assert len(names) == 290
    assert names.index("Västerås") < names.index("Åmål") < names.index("Älmhult") < names.index("Ödeshög")


def test_proposals_come_without_keeping_anything(browser, open_days, family, caseworker, acting):
    response = browser.post(ADDRESS, family)
    assert response.status_code == 200
    assert len(proposals_in(response)) == 3
    assert 'value="Layla"' in response.text
    assert "one interpreter all day" in words_of(response)
    assert kept(caseworker, acting) == 0


def test_one_press_registers_and_books(browser, open_days, family, caseworker, acting):
    signed_proposal = proposals_in(browser.post(ADDRESS, family))[0]
    response = browser.post(ADDRESS, family | {"do": "", "proposal": signed_proposal})
    with acting(caseworker):
        chain = Chain.objects.get()
        assert chain.party.members.count() == 4
        assert not chain.party.stop_choices.exists()
    assert response.status_code == 302
    assert response.url == f"/chains/{chain.reference}/"


def test_a_second_press_finds_the_same_day(browser, open_days, family, caseworker, acting):
    press = family | {"proposal": proposals_in(browser.post(ADDRESS, family))[0]}
    first, second = browser.post(ADDRESS, press), browser.post(ADDRESS, press)
    assert first.url == second.url
    assert kept(caseworker, acting) == kept(caseworker, acting, Chain) == 1


@pytest.mark.usefixtures("fresh_cache")
def test_proposals_have_a_limit_and_the_form_stays_as_it_was_typed(browser, open_days, family, settings):
    settings.LIMITS = settings.LIMITS | {"proposals": (1, 60)}
    first, second = (browser.post(ADDRESS, family) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 429)
    assert second["Retry-After"] == "60"
    assert "Try again in 1 minute." in words_of(second)
    assert 'value="Layla"' in second.text
    press = family | {"do": "", "proposal": proposals_in(first)[0]}
    assert browser.post(ADDRESS, press).status_code == 302


def test_every_page_has_a_key_of_its_own(browser, open_days, family):
    page = browser.post(ADDRESS, family).text
    assert family["registration"] not in page
    assert re.search(r'name="registration"\s+value="[0-9a-f-]{36}"', page)


def test_taken_meanwhile_keeps_what_was_typed_and_shows_fresh_proposals(
    browser, open_days, family, caseworker, acting
):
    signed_proposal = proposals_in(browser.post(ADDRESS, family))[0]
    browser.post(ADDRESS, family | {"proposal": signed_proposal})
    late = family | {
        "proposal": signed_proposal,
        "registration": str(uuid4()),
        "given_name": ["Rim", "Ali", "Sam", "Noa"],
    }
    response = browser.post(ADDRESS, late)
    assert response.status_code == 409
    assert "Somebody else has just taken that time." in words_of(response)
    assert 'value="Rim"' in response.text
    assert proposals_in(response)
    assert signed_proposal not in proposals_in(response)
    assert kept(caseworker, acting) == 1


@pytest.mark.parametrize("signed_proposal", ["forged", "x" * 3000])
def test_a_forged_proposal_keeps_nothing(browser, open_days, family, caseworker, acting, signed_proposal):
    response = browser.post(ADDRESS, family | {"proposal": signed_proposal})
    assert response.status_code == 422
    assert "This proposal is no longer valid" in words_of(response)
    assert proposals_in(response)
    assert kept(caseworker, acting) == 0


def test_a_proposal_for_other_ages_is_not_booked(browser, open_days, family):
    signed_proposal = proposals_in(browser.post(ADDRESS, family))[0]
    other = family | {
        "proposal": signed_proposal,
        "birth_date": ["1950-01-01", "1989-11-02", "2015-03-28", "2020-08-09"],
    }
    assert browser.post(ADDRESS, other).status_code == 422


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("phone", "070", "too short"),
        ("email", "layla", "email"),
        ("language", "xx", "valid choice"),
        ("municipality", "9999", "valid choice"),
        ("first", "soon", "yyyy-mm-dd"),
        ("to", "2026-11-30", "before the first"),
        ("to", "2028-01-01", "at most 180 days"),
        ("address", "Gränd\u202e 4", "hidden characters"),
        ("case_reference", "x" * 500, "at most 40"),
        ("decided_on", "2026-13-01", "yyyy-mm-dd"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(browser, open_days, family, name, typed, says):
    response = browser.post(ADDRESS, family | {name: typed})
    assert response.status_code == 422
    assert says in field(response.text, name)
    assert 'aria-invalid="true"' in field(response.text, name)
    assert name in {"language", "municipality"} or typed in response.text
    assert 'value="Layla"' in response.text


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("given_name", "", "required"),
        ("given_name", "x" * 500, "at most 100"),
        ("family_name", "Had\u2066dad", "hidden characters"),
        ("birth_date", "2027-01-01", "in the future"),
        ("birth_date", "1850-01-01", "125 years"),
        ("birth_date", "yesterday", "yyyy-mm-dd"),
    ],
)
def test_a_member_s_error_stands_in_the_member_s_row(browser, open_days, family, name, typed, says):
    response = browser.post(ADDRESS, family | {name: [family[name][0], typed, *family[name][2:]]})
    assert response.status_code == 422
    rows = re.findall(r'<li>\s*<div class="field.*?</li>', response.text, re.DOTALL)
    said = [re.findall(r'<p class="say"[^>]*>([^<]*)', row) for row in rows]
    assert [len(messages) for messages in said] == [0, 1, 0, 0]
    assert says in said[1][0]


def test_children_alone_are_told_where_to_turn(browser, open_days, family):
    response = browser.post(ADDRESS, family | {"birth_date": ["2012-05-17"] * 4})
    assert response.status_code == 422
    assert "överförmyndaren" in words_of(response)


def test_a_closed_site_is_said(browser, open_days, family):
    Site.objects.filter(code="norrkoping").update(state=Site.State.CLOSED)
    response = browser.post(ADDRESS, family)
    assert response.status_code == 422
    assert "no days are booked there" in words_of(response)


def test_no_proposal_says_why(browser, norrkoping, family):
    response = browser.post(ADDRESS, family)
    assert response.status_code == 200
    assert "No day in this period is open" in words_of(response)


def test_a_row_comes_with_the_family_name_and_goes_again(browser, family):
    more = browser.post(ADDRESS, family | {"do": "add"})
    assert re.findall(r'name="family_name" value="(\w*)"', more.text) == ["Haddad"] * 5
    assert "required." not in words_of(more)
    fewer = browser.post(ADDRESS, family | {"do": "remove-2"})
    assert re.findall(r'name="given_name" value="(\w*)"', fewer.text) == ["Layla", "Sami", "Noor"]
    assert "Syrengränd 4" in fewer.text


def test_the_swap_is_a_part_of_the_page(browser, open_days, family):
    swap = browser.post(ADDRESS, family, headers={"hx-request": "true"})
    assert "<html" not in swap.text
    assert len(proposals_in(swap)) == 3
    assert 'hx-swap-oob="innerHTML"' in swap.text


def test_what_is_ticked_against_the_rules_is_kept_and_nothing_else(
    browser, open_days, family, caseworker, acting
):
    changed = family | {"stops": ["SKV", "FK", "KOM"]}
    signed_proposal = proposals_in(browser.post(ADDRESS, changed))[0]
    assert browser.post(ADDRESS, changed | {"proposal": signed_proposal}).status_code == 302
    with acting(caseworker):
        party = Party.objects.get()
        assert list(party.stop_choices.values_list("agency_code", "is_on")) == [("AF", False)]
        assert "AF" not in {meeting.agency.code for meeting in party.chains.get().meetings.all()}


def test_the_rules_follow_the_ages(browser, open_days, family):
    old = family | {"given_name": "Hana", "family_name": "Tesfay", "birth_date": "1956-05-17", "sex": "F"}
    page = browser.post(ADDRESS, old).text
    ticked = set(re.findall(r'name="stops"\s+value="(\w+)"\s+checked', page))
    assert ticked == {"MIG", "SKV", "FK", "PM", "KOM"}
    assert set(re.findall(r'name="by_rule"\s+value="(\w+)"', page)) == ticked


def test_those_who_do_not_summon_are_told_so(open_days, family):
    for user in (UserFactory(agency="SKV"), CoordinatorFactory()):
        browser = browser_of(user)
        for response in (browser.get(ADDRESS), browser.post(ADDRESS, family)):
            assert response.status_code == 403
            assert "does not summon here" in words_of(response)


def test_names_are_text(browser, open_days, family, caseworker, acting):
    hostile = family | {"given_name": ["<script>alert(1)</script>", "Omar", "Sami", "Noor"]}
    page = browser.post(ADDRESS, hostile)
    assert "<script>alert" not in page.text
    assert proposals_in(page)
    booked = browser.post(ADDRESS, hostile | {"proposal": proposals_in(page)[0]}, follow=True)
    assert "<script>alert" not in booked.text
    with acting(caseworker):
        assert Newcomer.objects.filter(given_name__startswith="<script>").exists()


def test_a_party_is_saved_without_a_day_and_offered_one(browser, open_days, family, caseworker, acting):
    save = family | {"do": "save"}
    first, again = browser.post(ADDRESS, save), browser.post(ADDRESS, save)
    with acting(caseworker):
        party = Party.objects.get()
    assert first.url == again.url == f"/parties/{party.reference}/"
    assert kept(caseworker, acting, Chain) == 0
    page = browser.get(first.url)
    assert "The party is saved. It has no day yet." in words_of(page)
    assert f"/parties/{party.reference}/book/" in page.text


def test_a_party_that_cannot_be_saved_is_shown_again_as_typed(browser, open_days, family, caseworker, acting):
    response = browser.post(ADDRESS, family | {"do": "save", "phone": "070"})
    assert response.status_code == 422
    assert "too short" in field(response.text, "phone")
    assert 'value="Layla"' in response.text
    alone = browser.post(ADDRESS, family | {"do": "save", "birth_date": ["2012-05-17"] * 4})
    assert alone.status_code == 422
    assert "överförmyndaren" in words_of(alone)
    assert kept(caseworker, acting) == 0


def test_leaving_a_typed_form_is_asked_about(browser, family):
    assert re.search(r"data-unsaved\s*>|data-unsaved\s+hx", browser.get(ADDRESS).text)
    assert 'data-unsaved="typed"' in browser.post(ADDRESS, family | {"do": "add"}).text
    assert "staff/unsaved.js" in browser.get(ADDRESS).text


def test_a_municipality_without_a_desk_there_is_said_on_the_form_and_with_every_proposal(
    browser, open_days, family, caseworker, acting
):
    elsewhere = family | {"municipality": "0582"}
    page = browser.post(ADDRESS, elsewhere)
    assert not re.search(r'value="KOM"\s+checked', page.text)
    assert re.search(r'value="KOM"\s+disabled', page.text)
    assert words_of(page).count("has no desk at this site and is not met there") == 1 + len(
        proposals_in(page)
    )
    booked = browser.post(ADDRESS, elsewhere | {"proposal": proposals_in(page)[0]}, follow=True)
    assert "has no desk at this site and is not met there" in words_of(booked)
    with acting(caseworker):
        assert not Party.objects.get().stop_choices.exists()


def test_the_press_of_an_old_page_after_a_cancellation_books_nothing(
    browser, open_days, family, caseworker, acting
):
    press = family | {"proposal": proposals_in(browser.post(ADDRESS, family))[0]}
    chain = browser.post(ADDRESS, press).url
    browser.post(f"{chain}cancel/", {"reason": "Ill"})
    page = browser.post(ADDRESS, press)
    assert page.status_code == 409
    assert "This has been booked before" in words_of(page)
    assert kept(caseworker, acting, Chain) == kept(caseworker, acting) == 1


def test_people_who_are_registered_are_shown_and_one_goes_on_with_a_press(
    browser, open_days, family, caseworker, acting
):
    browser.post(ADDRESS, family | {"do": "save", "registration": str(uuid4())})
    with acting(caseworker):
        (reference,) = Party.objects.values_list("reference", flat=True)
    warned = browser.post(ADDRESS, family | {"registration": str(uuid4())})
    assert warned.status_code == 409
    assert f'href="/parties/{reference}/"' in warned.text
    assert proposals_in(warned) == []
    known = {"registration": str(uuid4()), "known_duplicates": reference}
    assert len(proposals_in(browser.post(ADDRESS, family | known))) == 3
    assert kept(caseworker, acting) == 1


def test_the_same_page_sent_twice_warns_of_nothing(browser, open_days, family, caseworker, acting):
    once = {"do": "save", "registration": str(uuid4())}
    answers = [browser.post(ADDRESS, family | once) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert kept(caseworker, acting) == 1
