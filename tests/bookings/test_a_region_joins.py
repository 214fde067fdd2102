"""A region joins: a superuser adds it in the admin, and it takes part like the others; nothing of it is in code."""

from typing import Any

import pytest
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from agencies.codes import agency_name, codes_read_once, met_choices
from agencies.languages import LANGUAGES
from agencies.models import Agency, Service, TextBlock, User
from bookings.links.tokens import token_of
from bookings.models import AttendanceRule, Chain, Meeting, Newcomer, Precedence, StopChoice, Track
from bookings.summons.compose import compose
from bookings.summons.render import to_html
from tests.bookings.api_steps import DESKS, FIRST, HADDAD, as_typed
from tests.bookings.booking_steps import ask as ask_verb
from tests.bookings.booking_steps import met
from tests.bookings.booking_steps import register as register_verb
from tests.browser import browser_of, proposals_in, words_of
from tests.factories.agencies import SecretariatFactory, UserFactory, the_agency
from tests.factories.interpreters import open_day

pytestmark = pytest.mark.django_db

NAMES = {
    "sv": "Region Östergötland",
    "en": "Region of Östergötland",
    "ar": "إقليم أوستريوتلاند",
    "prs": "ولایت اوسترگوتلند",
    "so": "Gobolka Östergötland",
    "ti": "ዞባ ኦስተርዮትላንድ",
}
TITLES = dict.fromkeys(NAMES, "Samtal om vård") | {"ti": "ዝርርብ ብዛዕባ ክንክን"}


def save(admin: Client, model: str, pk: int | None = None, **fields: Any) -> Any:
    """Save the form of the admin that adds a row, or changes the one with this key."""
    address = reverse(f"admin:{model}_change", args=[pk]) if pk is not None else reverse(f"admin:{model}_add")
    return admin.post(address, fields)


def in_languages(field: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{field}_{language}": text for language, text in texts.items()}


def rows(prefix: str, *added: dict[str, Any]) -> dict[str, Any]:
    """The added rows of an inline form."""
    typed = {f"{prefix}-{n}-{name}": value for n, row in enumerate(added) for name, value in row.items()}
    return typed | {f"{prefix}-TOTAL_FORMS": str(len(added)), f"{prefix}-INITIAL_FORMS": "0"}


def agency_fields(code: str) -> dict[str, Any]:
    return in_languages("name", NAMES) | in_languages("state", dict.fromkeys(NAMES, "draft")) | {"code": code}


def service_fields(code: str, **more: Any) -> dict[str, Any]:
    return {
        "agency_code": code,
        **in_languages("title", TITLES),
        **in_languages("state", dict.fromkeys(NAMES, "draft")),
        "minutes": "30",
        "minutes_per_person": "0",
        "extra_minutes": "15",
        **rows("lengths"),
        **rows("servicedocument_set"),
        **more,
    }


def rule_fields(code: str, **more: Any) -> dict[str, Any]:
    return {
        "agency_code": code,
        "tracks": [track.pk for track in Track.objects.all()],
        "concerns": "party",
        "valid_from": "2026-01-01",
        "is_default": "on",
        "may_be_switched": "on",
        "who": "adults",
        **more,
    }


def order_fields(track: Track, **order: Any) -> dict[str, Any]:
    names = {language: getattr(track, f"name_{language}") or "" for language in LANGUAGES}
    return {
        "number": track.number,
        "summoned_by": track.summoned_by,
        **in_languages("name", names),
        **rows("precedences", order),
    }


@pytest.fixture
def admin(db) -> Client:
    return browser_of(SecretariatFactory(is_staff=True, is_superuser=True))


@pytest.fixture
def region(admin) -> Agency:
    """The region, local, met by every party before Arbetsförmedlingen in track 1."""
    for response in (
        save(admin, "agencies_agency", **agency_fields("REG")),
        save(admin, "agencies_service", **service_fields("REG", is_local="on")),
        save(admin, "bookings_attendancerule", **rule_fields("REG")),
    ):
        assert response.status_code == 302, words_of(response)
    track = Track.objects.get(number=1)
    order = order_fields(track, before="REG", after="AF", is_hard="on", valid_from="2016-01-01")
    response = save(admin, "bookings_track", track.pk, **order)
    assert response.status_code == 302, words_of(response)
    return the_agency("REG")


@pytest.fixture
def days(region, norrkoping) -> None:
    open_day(norrkoping, FIRST, desks=DESKS | {"REG": 1}, interpreters={"ti": 1, "ar": 1})


@pytest.fixture
def typed(family, region) -> dict[str, Any]:
    """The family's page, in Tigrinya; Layla asks to be met alone by the region."""
    return family | {
        "language": "ti",
        "stops": [*family["stops"], "REG"],
        "by_rule": [*family["by_rule"], "REG"],
        "own_meetings": ["1:REG"],
    }


@pytest.fixture
def chain(browser, days, typed, caseworker, acting) -> Chain:
    """The family's day, booked on the page of a new party."""
    proposal = proposals_in(browser.post("/parties/new/", typed))[0]
    browser.post("/parties/new/", typed | {"do": "", "proposal": proposal})
    with acting(caseworker):
        return Chain.objects.get()


def at_desk(chain: Chain) -> User:
    return chain.meetings.filter(agency__code="REG")[0].caseworker


def test_it_is_called_by_its_name_in_the_readers_language_and_the_municipalities_together(region):
    for language, name in NAMES.items():
        with override(language):
            assert agency_name("REG") == name
            assert ("REG", name) in met_choices()
    with override("ti"):
        assert (agency_name("KOM"), agency_name("SKV")) == ("ኮሙን", "ብዓል መዚ ግብሪ")
    assert agency_name("XYZ") == "XYZ"


def test_its_names_are_read_once_in_a_request(region, django_assert_num_queries):
    with codes_read_once(), django_assert_num_queries(1):
        assert agency_name("REG") == NAMES["sv"]
        with override("en"):
            assert agency_name("REG") == NAMES["en"]


def test_a_family_is_booked_with_it_on_the_page_before_and_apart_as_was_asked(
    browser, typed, days, chain, caseworker, acting
):
    page = browser.post("/parties/new/", typed)
    assert 'value="REG" checked' in " ".join(page.text.split())
    with acting(caseworker):
        meetings = list(chain.meetings.select_related("agency", "person"))
        of_region = [meeting for meeting in meetings if meeting.agency.code == "REG"]
        employment = next(meeting for meeting in meetings if meeting.agency.code == "AF")
        assert {meeting.person and meeting.person.given_name for meeting in of_region} == {"Layla", None}
        assert all(meeting.ends_at <= employment.starts_at for meeting in of_region)
    assert "Region of Östergötland (adult 2 alone)" in words_of(browser.get(f"/chains/{chain.reference}/"))


def test_the_letter_names_it_in_each_language(chain, caseworker, acting):
    with acting(caseworker):
        letters = [compose(chain.summonses.first(), link) for link in chain.links.order_by("pk")]
    for letter in letters:
        assert [page.language for page in letter.pages] == ["ti", "sv"]
        text = to_html(letter)
        assert NAMES["ti"] in text
        assert NAMES["sv"] in text


def test_the_newcomers_page_and_calendar_name_it_and_draw_a_plain_sign(chain, caseworker, acting):
    with acting(caseworker):
        token = token_of(chain.links.first())
    phone = Client()
    day = phone.post(f"/d/{token}/", {"language": "ti"}, follow=True).text
    assert NAMES["ti"] in day
    assert "agency-reg" in day
    calendar = Calendar.from_ical(phone.get(f"/d/{token}/calendar.ics").content)
    assert NAMES["ti"] in str(calendar.walk("VEVENT")[0]["DESCRIPTION"])


def test_its_caseworker_sees_the_own_visit_and_no_others(chain, norrkoping, caseworker, acting):
    with acting(caseworker):
        own = at_desk(chain)
    other = UserFactory(agency="PM")
    assert chain.reference in words_of(browser_of(own).get("/visits/", {"date": "2026-12-08"}))
    assert chain.reference not in words_of(browser_of(other).get("/visits/", {"date": "2026-12-08"}))
    assert browser_of(own).get(f"/visits/{chain.reference}/").status_code == 200
    assert browser_of(own).get(f"/chains/{chain.reference}/").status_code == 404
    with acting(own):
        assert set(Meeting.objects.values_list("agency__code", flat=True)) == {"REG"}
        assert not Newcomer.objects.exists()


def test_its_checklist_opens_and_where_it_has_no_staff_nobody_is_asked_about_it(chain, caseworker, acting):
    with acting(caseworker):
        own = at_desk(chain)
        other = chain.meetings.filter(agency__code="FK")[0].caseworker
    assert NAMES["en"] in words_of(browser_of(own).get(f"/checklists/{chain.reference}/"))
    assert NAMES["en"] in words_of(browser_of(other).get(f"/chains/{chain.reference}/consents/"))
    User.objects.filter(agency__code="REG").update(is_active=False)
    assert NAMES["en"] not in words_of(browser_of(other).get(f"/chains/{chain.reference}/consents/"))


def test_the_api_books_it_and_lists_it(api, register, propose, post_chain, days, region):
    listed = api.get("/api/v1/agencies/", {"offset": "290", "limit": 50}).json()["results"]
    assert {"code": "REG", "name": NAMES["en"], "municipality": None} in listed
    adult, *others = HADDAD["members"]
    party = register(members=[adult | {"own_meetings": ["REG"]}, *others])
    booked = post_chain(party, propose(party)[0]["id"]).json()
    agencies = [(meeting["agency"], meeting["adult"]) for meeting in booked["meetings"]]
    assert {("REG", 2), ("REG", None)} <= set(agencies)
    assert api.get(f"/api/v1/parties/{party}/").json()["members"][1]["own_meetings"] == ["REG"]


def test_a_wish_against_the_rule_and_a_day_without_it_are_kept(
    ask, register, post_chain, days, caseworker, acting
):
    party = register(switched={"REG": False})
    assert "REG" not in str(ask(party).json()["proposals"][0]["meetings"])
    other = register(phone="", email="", case_reference="Other")
    proposal = ask(other, without=["REG"]).json()["proposals"][0]
    assert post_chain(other, proposal["id"]).status_code == 201
    with acting(caseworker):
        assert set(StopChoice.objects.values_list("agency_code", "is_on")) == {("REG", False)}


def test_where_it_has_no_desk_a_day_is_planned_without_it_and_that_is_said(
    browser, region, typed, norrkoping, ask, register
):
    open_day(norrkoping, FIRST, desks=DESKS, interpreters={"ti": 1, "ar": 1})
    said = "Region of Östergötland has no desk at this site and is not met there."
    assert said in words_of(browser.post("/parties/new/", typed))
    (left_out,) = ask(register()).json()["proposals"][0]["left_out"]
    assert left_out == {"agency": "REG", "reason": "no-desk-there", "detail": said}


def test_one_that_is_met_everywhere_is_asked_for_everywhere(region, norrkoping, caseworker, acting):
    Service.objects.filter(agency_code="REG").update(is_local=False)
    open_day(norrkoping, FIRST, desks=DESKS, interpreters={"ar": 1})
    with acting(caseworker):
        assert ask_verb(register_verb(caseworker)).options == ()


def test_when_its_rules_have_ended_nobody_meets_it_and_the_form_offers_it_no_more(
    admin, browser, region, typed, days, caseworker, acting
):
    rule = AttendanceRule.objects.get(agency_code="REG")
    response = save(admin, "bookings_attendancerule", rule.pk, **rule_fields("REG", valid_to="2026-11-30"))
    assert response.status_code == 302
    assert 'name="stops" value="REG"' not in " ".join(browser.post("/parties/new/", typed).text.split())
    with acting(caseworker):
        assert all("REG" not in codes for _day, codes in met(ask_verb(register_verb(caseworker))))


def test_the_secretariat_adds_it_on_its_own_pages_and_families_meet_it_from_the_day_that_is_said(
    norrkoping, caseworker, acting
):
    office, make = browser_of(SecretariatFactory()), {"do": "make"}
    region = {"code": "REG", **in_languages("name", NAMES), **in_languages("title", TITLES), "is_local": "on"}
    minutes = {"minutes": "30", "minutes_per_person": "0", "extra_minutes": "15"}
    assert office.post("/rules/agencies/", region | minutes | make).status_code == 302
    open_day(norrkoping, FIRST, desks=DESKS | {"REG": 1}, interpreters={"ar": 1})
    with acting(caseworker):
        assert all("REG" not in codes for _day, codes in met(ask_verb(register_verb(caseworker))))
    rule = rule_fields("REG", valid_from=str(FIRST))
    assert office.post("/rules/attendance/", rule | make).status_code == 302
    with acting(caseworker):
        found = met(ask_verb(register_verb(caseworker, phone="", email="", case_reference="Other")))
        assert found
        assert all("REG" in codes for _day, codes in found)


@pytest.mark.parametrize("code", ["reg", "R", "REGION", "R1", "ÖST"])
def test_a_code_is_two_to_five_capital_letters(admin, code):
    response = save(admin, "agencies_agency", **agency_fields(code))
    assert response.status_code == 200
    assert ("two to five capital letters" in response.text) or ("at most 5 characters" in response.text)
    with pytest.raises(Error), transaction.atomic():
        Agency.objects.create(code=code, name="Region")


def test_nobody_takes_a_code_that_another_agency_has(admin, region):
    response = save(admin, "agencies_agency", **agency_fields("REG"))
    assert "Another agency has that code." in words_of(response)


def test_a_code_that_nobody_has_is_refused_by_the_forms_of_the_admin(admin, region):
    track = Track.objects.get(number=1)
    for response in (
        save(admin, "agencies_service", **service_fields("XYZ")),
        save(admin, "bookings_attendancerule", **rule_fields("XYZ")),
        save(admin, "bookings_track", track.pk, **order_fields(track, before="XYZ", after="AF")),
    ):
        assert response.status_code == 200
        assert "There is no agency XYZ." in words_of(response)


def test_a_code_that_nobody_has_is_refused_by_the_page_beside_its_field(browser, days, typed):
    page = browser.post("/parties/new/", typed | {"own_meetings": ["1:XYZ"]})
    assert "XYZ" in words_of(page)
    assert not proposals_in(page)


def test_a_code_that_nobody_has_is_refused_by_the_api_beside_its_field(api, ask, register, days):
    adult, *others = HADDAD["members"]
    wrong = HADDAD | {"members": [adult | {"own_meetings": ["XYZ"]}, *others], "switched": {"ABC": True}}
    answer = api.post("/api/v1/parties/", **as_typed(wrong))
    assert answer.status_code == 422
    assert answer.json()["violations"] == [
        {"pointer": "#/members/0/own_meetings", "detail": "There is no agency XYZ."},
        {"pointer": "#/switched", "detail": "There is no agency ABC."},
    ]
    answer = ask(register(), without=["XYZ"])
    assert (answer.status_code, answer.json()["detail"]) == (422, "There is no agency XYZ.")


@pytest.mark.parametrize(
    "write",
    [
        lambda: Service.objects.create(agency_code="XYZ", title="x", minutes=30),
        lambda: TextBlock.objects.create(agency_code="XYZ", slot="why", language="sv", text="x"),
        lambda: Track.objects.update(summoned_by="XYZ"),
        lambda: AttendanceRule.objects.filter(agency_code="PM").update(agency_code="XYZ"),
        lambda: Precedence.objects.update(after="XYZ"),
        lambda: Agency.objects.filter(code="PM").update(code="XYZ"),
        lambda: Agency.objects.filter(code="PM").delete(),
        lambda: Service.objects.filter(agency_code="PM").delete(),
    ],
)
def test_the_database_refuses_a_code_that_nobody_has(db, write):
    with pytest.raises(Error), transaction.atomic():
        write()


def test_the_database_refuses_a_wish_for_an_agency_that_nobody_knows(chain, caseworker, acting):
    with acting(caseworker):
        for write in (
            lambda: Newcomer.objects.update(own_meetings=["REG", "XYZ"]),
            lambda: Chain.objects.update(left_out=["XYZ"]),
            lambda: StopChoice.objects.create(party=chain.party, agency_code="XYZ", is_on=True),
        ):
            with pytest.raises(Error), transaction.atomic():
                write()


def test_an_agency_that_is_in_use_keeps_its_code_and_stays(admin, region):
    page = admin.get(reverse("admin:agencies_agency_change", args=[region.pk]))
    assert 'name="code"' not in page.text
    assert admin.post(reverse("admin:agencies_agency_delete", args=[region.pk])).status_code == 403
    service = Service.objects.get(agency_code="REG")
    assert admin.post(reverse("admin:agencies_service_delete", args=[service.pk])).status_code == 403
