"""Letter, sheet and page say why one is summoned and what happens, by track, municipality and who comes."""

from datetime import date

import pytest

from agencies.models import Location, Municipality, Service, ServiceDocument, ServiceLength, TextBlock
from agencies.secrecy.context import Viewer, acting_as
from agencies.services.queries import offered_services
from bookings.models import LinkSummons
from bookings.summons.compose import compose, compose_page
from bookings.summons.letter import Page, called_to, figures_of
from tests.bookings.booking_steps import (
    FAMILY,
    FIRST,
    ONE_DESK_EACH,
    PARENTS,
    book,
    open_days,
    register,
)
from tests.factories.agencies import UserFactory, the_agency

pytestmark = pytest.mark.django_db

SUMMONERS = {1: "MIG", 2: "AF", 3: "KOM"}


def caseworker(track: int):
    return UserFactory(agency=the_agency(SUMMONERS[track]))


@pytest.fixture(autouse=True)
def _open_day():
    open_days(
        FIRST, desks=dict.fromkeys(ONE_DESK_EACH, 3), interpreters=dict.fromkeys(("ar", "prs", "so", "ti"), 3)
    )


def booked(acting, track: int = 1, *, births=FAMILY, language="ar"):
    """A new family's chain, and who booked it."""
    by = caseworker(track)
    with acting(by):
        return book(register(by, births=births, language=language), by, track=track), by


def read(acting, chain, by) -> dict[str, Page]:
    """The pages of the first adult's letter, by language."""
    with acting(by):
        letter = compose(chain.summonses.get(), chain.links.order_by("pk")[0])
    return {page.language: page for page in letter.pages}


def pages(acting, track: int = 1, **family) -> dict[str, Page]:
    return read(acting, *booked(acting, track, **family))


def service(code: str) -> int:
    return Service.objects.get(agency_code=code).pk


def about(page: Page) -> dict[str, str]:
    return {stop.code: stop.about for stop in page.stops}


def test_the_letter_says_why_and_who_sends_it_and_in_track_1_nothing_of_the_outcome(acting):
    page = pages(acting)["sv"]
    assert page.why.startswith("Migrationsverket vill tala med er om ert ärende.")
    assert page.sent_by is not None
    assert page.sender == page.sent_by.name.sv == "Migrationsverket"
    said = " ".join([page.why, *(f"{s.about} {s.sheet} {s.after}" for s in page.stops)])
    assert "uppehållstillstånd" not in said
    assert "Beslut om uppehållstillstånd" not in {d.name.sv for d in page.documents}


def test_where_the_permit_is_known_the_letter_says_so_and_what_each_office_decides(acting):
    found = pages(acting, 2)
    page = found["sv"]
    assert page.why.startswith("Ni har fått uppehållstillstånd. Arbetsförmedlingen kallar er")
    assert page.sender == "Arbetsförmedlingen"
    assert about(page)["FK"] == "Försäkringskassan beslutar om etableringsersättning och barnbidrag."
    assert about(page)["AF"] == "Arbetsförmedlingen beslutar om etableringsprogrammet."
    assert "Beslut om uppehållstillstånd" in {d.name.sv for d in page.documents}
    assert found["ar"].why.startswith("حصلتم على تصريح الإقامة")


def test_a_municipality_that_summons_is_named_and_reached_as_it_says(acting):
    Municipality.objects.filter(code="0581").update(phone="011-15 00 00", web="https://norrkoping.example")
    page = pages(acting, 3)["ar"]
    assert page.why.startswith("حصلتم على تصريح الإقامة. تدعوكم البلدية")
    assert page.sent_by is not None
    assert (page.sent_by.name.text, page.sender) == ("بلدية Norrköping", "Norrköpings kommun")
    assert (page.sent_by.phone, page.sent_by.web) == ("011-15 00 00", "https://norrkoping.example")


def test_a_single_person_is_spoken_to_as_one(acting):
    page = pages(acting, births=PARENTS[:1])["sv"]
    assert page.why.startswith("Migrationsverket vill tala med dig om ditt ärende.")
    assert about(page)["SKV"] == "Du lämnar uppgifter till folkbokföringen."


def test_without_the_paper_code_too_a_single_person_is_spoken_to_as_one(acting):
    chain, by = booked(acting, births=PARENTS[:1])
    with acting(by):
        link = chain.links.get()
    with acting_as(Viewer(link=link.token_hash)):
        page = compose_page(LinkSummons.objects.latest("version"), link, language="sv")
    assert about(page)["SKV"] == "Du lämnar uppgifter till folkbokföringen."
    assert {called_to(stop, page) for stop in page.stops} == {"you"}


def test_families_without_children_read_nothing_of_child_allowance(acting):
    assert (
        about(pages(acting, 2, births=PARENTS)["sv"])["FK"]
        == "Försäkringskassan beslutar om etableringsersättning."
    )


def test_a_municipalitys_own_text_goes_before_the_one_for_all_until_its_last_day(acting):
    home = Municipality.objects.get(code="0581")
    TextBlock.objects.create(
        slot="about",
        service_id=service("KOM"),
        municipality=home,
        language="sv",
        text="Vi ses.",
        valid_to=FIRST,
    )
    assert about(pages(acting)["sv"])["KOM"] == "Vi ses."


def test_letter_and_page_read_the_same_texts(acting):
    chain, by = booked(acting)
    with acting(by):
        summons, link = chain.summonses.get(), chain.links.all()[0]
        (printed, _swedish), shown = compose(summons, link).pages, compose_page(summons, link, language="ar")
    assert (printed.why, printed.stops) == (shown.why, shown.stops)


@pytest.mark.parametrize("language", ["sv", "en", "ar", "prs", "so", "ti"])
def test_every_language_says_why_in_every_track(acting, language):
    whys = {pages(acting, track, language=language)[language].why for track in (1, 2, 3)}
    assert len(whys) == 3
    assert all(whys)


def test_where_says_kind_own_name_street_postcode_town_and_directions_in_the_readers_language(acting):
    (chain, by), somali = booked(acting), booked(acting, language="so")
    place = Location.objects.get(site__code="norrkoping")
    place.kind, place.name, place.premises = "branch", "Filialen Hageby", "library"
    place.street, place.postcode, place.town = "Kungsgatan 5", "602 24", "Norrköping"
    place.save()
    Location.objects.filter(pk=place.pk).update(directions_sv="Buss 2", directions_ar="الحافلة 2")
    ar, sv = (read(acting, chain, by)[language].place for language in ("ar", "sv"))
    assert (ar.kind, ar.name) == ("مكتبة", "Filialen Hageby")
    assert (ar.directions, ar.directions_language) == ("الحافلة 2", "ar")
    assert (sv.kind, sv.directions) == ("bibliotek", "Buss 2")
    assert sv.one_line == "Mötesplats Norrköping, Filialen Hageby, Kungsgatan 5, 602 24 Norrköping"
    so = read(acting, *somali)["so"].place
    assert (so.directions, so.directions_language) == ("Buss 2", "sv")


def test_the_main_place_is_called_like_the_site_alone(acting):
    place = pages(acting)["sv"].place
    assert (place.name, place.kind) == ("", "servicekontor")


def test_documents_may_be_asked_for_in_one_track_or_municipality(acting):
    (chain, by), home = booked(acting), Municipality.objects.get(code="0581")
    lease = ServiceDocument.objects.filter(document__key="rental_contract")
    asked = []
    for limits in (
        {"municipality": Municipality.objects.get(code="0562")},
        {"municipality": home},
        {"track": 2},
        {"track": 1},
    ):
        lease.update(**limits)
        asked.append("Hyreskontrakt" in {d.name.sv for d in read(acting, chain, by)["sv"].documents})
    assert asked == [False, True, False, True]


def test_a_service_may_take_longer_in_one_track_or_municipality():
    home = Municipality.objects.get(code="0581")
    fk = service("FK")

    def minutes(municipality: str = "0581", track: int = 1) -> int:
        key = Municipality.objects.get(code=municipality).pk
        (found,) = [each for each, _agency in offered_services(key, track=track) if each.agency_code == "FK"]
        return found.minutes

    assert minutes() == 30
    ServiceLength.objects.create(service_id=fk, track=2, minutes=40)
    ServiceLength.objects.create(service_id=fk, municipality=home, minutes=50)
    ServiceLength.objects.create(service_id=fk, municipality=home, track=3, minutes=60)
    assert [minutes(track=track) for track in (1, 2, 3)] == [50, 50, 60]
    assert [minutes("0562", track=track) for track in (1, 2, 3)] == [30, 40, 30]


def test_one_adult_is_drawn_as_one_person(acting):
    page = pages(acting, births=(*FAMILY, date(1950, 1, 1)))["sv"]
    figures = {stop.code: figures_of(stop, page) for stop in page.stops}
    assert figures == {
        "MIG": "adults",
        "SKV": "family",
        "FK": "adults",
        "AF": "adults",
        "KOM": "adult",
        "PM": "adult",
    }


def test_a_parent_alone_with_children_is_one_adult(acting):
    page = pages(acting, births=(PARENTS[0], FAMILY[2]))["sv"]
    figures = {stop.code: figures_of(stop, page) for stop in page.stops}
    assert figures == {"MIG": "adult", "SKV": "family", "FK": "adult", "AF": "adult", "KOM": "adult"}
