"""No letter leaves without address, telephone and contact; the chain's page says what is missing."""

import pytest
from django.utils.translation import override

from agencies.models import Location, Municipality, Site
from bookings.models import SummonsCopy
from bookings.summons.copies import copies_of, print_copies
from bookings.summons.missing import SiteIncomplete, what_is_missing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_as_text")]

BLANKS = {
    "street, postcode and town of Norrköping, Servicekontoret": lambda: Location.objects.update(town=""),
    "the telephone of Norrköping": lambda: Site.objects.update(phone=""),
    "telephone or e-mail of Finspångs kommun": lambda: Municipality.objects.update(phone="", email=""),
}


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def chain(book):
    """A day booked while nothing is missing."""
    return book()


@pytest.mark.parametrize("lacking", BLANKS)
def test_what_the_letter_needs_is_named(lacking):
    BLANKS[lacking]()
    place = Location.objects.select_related("site").get(site__code="norrkoping")
    assert what_is_missing(location=place, home=Municipality.objects.get(code="0562")) == [lacking]


def test_the_host_needs_no_card_of_its_own():
    Municipality.objects.update(phone="", email="")
    place = Location.objects.select_related("site").get(site__code="norrkoping")
    assert what_is_missing(location=place, home=Municipality.objects.get(code="0581")) == []


def test_the_booking_succeeds_and_the_letter_waits_until_it_is_filled_in(book, caseworker, acting):
    Location.objects.update(street="")
    chain = book()
    with acting(caseworker):
        summons = chain.summonses.get()
        with pytest.raises(SiteIncomplete, match="street, postcode and town"):
            print_copies(summons)
        with pytest.raises(SiteIncomplete):
            copies_of(summons)
        assert not SummonsCopy.objects.exists()
        Location.objects.update(street="Kungsgatan 5")
        letter = copies_of(summons).decode()
        assert "Kungsgatan 5" in letter
        assert "602 00 Norrköping" in letter


def test_the_page_names_what_is_missing_and_leads_back_to_itself(browser, chain):
    Site.objects.update(phone="")
    page = browser.get(f"/chains/{chain.reference}/")
    assert "the telephone of Norrköping" in page.text
    answer = browser.get(f"/chains/{chain.reference}/summons.pdf")
    assert (answer.status_code, answer.url) == (302, f"/chains/{chain.reference}/")
    Site.objects.update(phone="011-15 00 00")
    assert "The letter cannot be printed yet" not in browser.get(f"/chains/{chain.reference}/").text


def test_the_api_tells_what_is_missing(api, chain):
    Site.objects.update(phone="")
    answer = api.get(f"/api/v1/chains/{chain.reference}/summons.pdf")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/site-incomplete")
    assert "telephone of Norrköping" in answer.json()["detail"]
