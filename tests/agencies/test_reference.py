"""The reference data is complete, and loading it again keeps what staff have changed."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.models import (
    Agency,
    Document,
    Holiday,
    Location,
    Municipality,
    Service,
    ServiceDocument,
    Site,
    TextBlock,
)
from agencies.reference import load_agencies, load_holidays, read_csv, slug
from motesplats.demo.contacts import fill_contacts
from tests.database import empty_tables

pytestmark = pytest.mark.django_db


def test_everything_is_there():
    counts = {model: model.objects.count() for model in (Site, Location, Municipality, Agency, Service)}
    assert counts == {Site: 27, Location: 27, Municipality: 290, Agency: 295, Service: 6}


def test_every_site_has_one_host_municipality_that_points_to_it():
    hosts = Municipality.objects.filter(is_host=True).values_list("site__code", flat=True)
    assert sorted(hosts) == sorted(Site.objects.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("municipality", "site"),
    [
        ("0581", "norrkoping"),
        ("0580", "norrkoping"),  # Linköping: the county's only site
        ("2180", "gavle"),  # its own site, though Ljusdal comes first in the county
        ("2101", "gavle"),
        ("0127", "hallunda"),
        ("0980", "kalmar"),  # Gotland has none
        ("1281", "malmo"),  # Lund
        ("2181", "gavle"),  # Sandviken
        ("0184", "sundbyberg"),  # Solna
    ],
)
def test_a_municipality_points_to_its_site(municipality, site):
    assert Municipality.objects.get(code=municipality).site.code == site


@pytest.mark.django_db(transaction=True)
def test_nothing_that_people_call_or_look_for_is_invented():
    """Streets, telephones and e-mail addresses are blank until somebody fills them in; the demo fills in its own."""
    empty_tables()
    call_command("load_reference")
    assert set(Location.objects.values_list("street", flat=True)) == {""}
    assert set(Site.objects.values_list("phone", flat=True)) == {""}
    assert set(Municipality.objects.values_list("phone", "email")) == {("", "")}
    Site.objects.filter(code="malmo").update(phone="040-628 04 00")
    fill_contacts()
    assert Location.objects.get(site__code="malmo").full_address == "Exempelgatan 1, 602 00 Malmö"
    assert Site.objects.get(code="malmo").phone == "040-628 04 00"
    assert not Municipality.objects.filter(phone="").exists()
    numbers = Site.objects.exclude(code="malmo").values_list("phone", flat=True)
    assert all(re.fullmatch(r"08-465 004 \d\d", number) for number in numbers)


@pytest.mark.parametrize(
    ("code", "name"),
    [("1280", "Malmö stad"), ("0880", "Kalmar kommun"), ("0980", "Region Gotland"), ("2080", "Falu kommun")],
)
def test_a_municipality_has_the_name_that_it_uses_itself(code, name):
    home = Municipality.objects.select_related("agency").get(code=code)
    with override("sv"):
        assert (home.name, home.agency.name) == (name, name)


def test_a_municipality_is_named_in_every_language():
    agency = Agency.objects.get(municipality__code="0581")
    names = {code: getattr(agency, f"name_{code}") for code in LANGUAGES}
    assert names["sv"] == "Norrköpings kommun"
    assert names["en"] == "Norrköping municipality"
    assert names["ar"] == "بلدية Norrköping"  # no article before the place
    assert all("Norrköping" in name for name in names.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("model", "fields"),
    [(Agency, ("name",)), (Document, ("name",)), (Service, ("title",))],
)
def test_no_text_is_missing(model, fields, language):
    for field in fields:
        assert not model.objects.filter(**{f"{field}_{language}": ""}).exists()
        assert not model.objects.filter(**{f"{field}_{language}": None}).exists()


def test_texts_have_a_state_of_their_own_in_each_language():
    service = Service.objects.get(agency_code="MIG")
    assert not service.is_checked("sv"), "nobody has read it yet"
    service.state_sv = "checked"  # type: ignore[attr-defined]  # made by modeltranslation
    assert service.is_checked("sv")
    assert not service.is_checked("ti")


def test_the_eves_are_holidays_and_plain_sundays_are_not():
    year = Holiday.objects.earliest("date").date.year
    names = Holiday.objects.filter(date__year=year).values_list("name", flat=True)
    assert {"Midsommarafton", "Julafton", "Nyårsafton", "Nyårsdagen", "Nationaldagen"} <= set(names)
    assert len(names) < 20


def test_three_years_of_holidays_from_the_day_of_loading():
    Holiday.objects.all().delete()
    load_agencies(today=date(2031, 12, 31))
    assert set(Holiday.objects.values_list("date__year", flat=True)) == {2031, 2032, 2033}


def test_loading_again_changes_nothing_that_staff_have_changed():
    Site.objects.filter(code="malmo").update(phone="040-628 04 00", minimum_notice_days=3)
    Service.objects.filter(agency_code="FK").update(minutes=35)
    TextBlock.objects.filter(service__agency_code="FK", slot="about", language="ti", track=None).update(
        text="..."
    )
    ServiceDocument.objects.filter(service__agency_code="FK").delete()
    Holiday.objects.filter(name="Nationaldagen").delete()
    call_command("load_reference")
    malmo, insurance = Site.objects.get(code="malmo"), Service.objects.get(agency_code="FK")
    assert (malmo.phone, malmo.minimum_notice_days) == ("040-628 04 00", 3)
    assert insurance.minutes == 35
    assert (
        TextBlock.objects.filter(service=insurance, slot="about", language="ti", track=None).get().text
        == "..."
    )
    assert not insurance.documents.exists()
    assert not Holiday.objects.filter(name="Nationaldagen").exists()


def test_a_new_document_is_asked_for_by_services_that_are_there_already():
    ServiceDocument.objects.filter(document__key="permit_decision").delete()
    Document.objects.get(key="permit_decision").delete()
    call_command("load_reference")
    asked = ServiceDocument.objects.filter(document__key="permit_decision")
    assert set(asked.values_list("service__agency_code", "track")) == {
        (code, track) for code in ("AF", "KOM") for track in (2, 3)
    }


def test_a_block_that_somebody_has_ended_is_not_loaded_again():
    blocks = TextBlock.objects.filter(slot="why", language="sv", track=1)
    blocks.update(valid_to=date(2026, 1, 1))
    call_command("load_reference")
    assert set(blocks.values_list("valid_to", flat=True)) == {date(2026, 1, 1)}


def test_loading_again_creates_what_is_missing():
    Municipality.objects.get(code="0980").agency.delete()
    call_command("load_reference")
    assert Agency.objects.filter(municipality__code="0980").count() == 1


def test_loading_again_reads_little(django_assert_max_num_queries):
    with django_assert_max_num_queries(33):
        call_command("load_reference")


def test_a_year_that_is_known_is_left_alone():
    before = Holiday.objects.count()
    load_holidays([Holiday.objects.earliest("date").date.year])
    assert Holiday.objects.count() == before


def test_each_municipality_lies_where_its_main_town_does_and_a_moved_point_stays():
    points = {row["code"]: row for row in read_csv("municipality_points.csv")}
    assert set(points) == {row["municipality_code"] for row in read_csv("municipalities.csv")}
    assert all(row["source"] for row in points.values())
    assert not Municipality.objects.filter(latitude=None).exists()
    Municipality.objects.filter(code="0581").update(latitude=None, longitude=None)
    Municipality.objects.filter(code="0580").update(latitude="58.400")
    call_command("load_reference")
    found = dict(Municipality.objects.filter(code__in=["0580", "0581"]).values_list("code", "latitude"))
    assert found == {"0580": Decimal("58.400"), "0581": Decimal(points["0581"]["lat"])}


def test_slugs_are_plain_letters():
    assert slug("Upplands Väsby") == "upplands-vasby"
    assert all(site.code.isascii() for site in Site.objects.all())
