"""What the day's page keeps and leads to: ticks, the map, the number for help, the public pages; and scanners."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from agencies.languages import LANGUAGES
from agencies.models import Location, Shift, Site, TextBlock
from bookings.links.tokens import token_of
from bookings.models import Link, Meeting
from bookings.summons.compose import compose
from bookings.summons.render import to_html
from tests.factories.bookings import SummonsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(book, caseworker, acting) -> Link:
    """Of a day that has been booked."""
    chain = book()
    with acting(caseworker):
        first = chain.links.first()
        assert first
        return first


@pytest.fixture
def token(link, caseworker, acting) -> str:
    with acting(caseworker):
        return token_of(link)


@pytest.fixture
def opened(phone, token) -> Client:
    phone.post(f"/d/{token}", {"language": "en"})
    return phone


def test_ticks_are_kept_by_the_phone_and_only_those_of_the_page_are_shown(opened, token):
    assert " checked>" not in opened.get(f"/d/{token}").text
    answer = opened.post(f"/d/{token}/bring", {"bring": ["letter", "<b>", "x" * 60, "nothing-of-ours"]})
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token}#bring")
    assert opened.get(f"/d/{token}").text.count(" checked>") == 1
    assert "<b>" not in "".join(morsel.value for morsel in opened.cookies.values())
    opened.post(f"/d/{token}/bring", {})
    assert " checked>" not in opened.get(f"/d/{token}").text


def test_another_language_keeps_the_ticks(opened, token):
    assert 'form="bring"' in opened.get(f"/d/{token}").text
    answer = opened.post(f"/d/{token}/bring", {"bring": ["letter"], "switch": "so"})
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token}?language=so")
    page = opened.get(answer["Location"]).text
    assert '<html lang="so"' in page
    assert page.count(" checked>") == 1


def test_ticks_write_no_row_and_another_phone_sees_none(opened, token):
    with CaptureQueriesContext(connection) as queries:
        opened.post(f"/d/{token}/bring", {"bring": "letter"})
    assert [each["sql"] for each in queries if "bookings_" in each["sql"]] == []
    other = Client()
    other.post(f"/d/{token}", {"language": "en"})
    assert " checked>" not in other.get(f"/d/{token}").text


def test_ticks_of_a_day_that_is_not_open_are_not_kept(phone, token):
    answer = phone.post(f"/d/{token}/bring", {"bring": "letter"})
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token}")
    assert not phone.cookies


def test_place_map_and_entrance_are_told(opened, token):
    Location.objects.update(street="Exempelgatan 1", postcode="602 24", town="Norrköping", step_free=True)
    text = opened.get(f"/d/{token}").text
    assert "https://www.openstreetmap.org/search?query=Exempelgatan+1%2C+602+24" in text
    assert "The entrance has no steps." in text
    Location.objects.update(step_free=False)
    assert "The entrance has no steps." not in opened.get(f"/d/{token}").text


def test_help_stands_on_every_page_with_its_hours_and_on_the_first_screen_without_the_sites_number(
    phone, token
):
    Site.objects.update(phone_from="08:30", phone_to="15:00")
    first = phone.get(f"/d/{token}").text
    assert 'href="tel:' not in first
    assert "/help?language=" in first
    phone.post(f"/d/{token}", {"language": "en"})
    opened = phone.get(f"/d/{token}").text
    assert "08:30–15:00" in opened
    assert 'class="helpbar"' in opened


def test_a_national_number_stands_where_no_site_is_known(phone, token, settings):
    settings.HELP_PHONE = "0771-00 00 00"
    assert 'href="tel:0771000000"' in phone.get(f"/d/{token}").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["help", "accessibility", "privacy"])
def test_public_pages_speak_six_languages_and_need_nobody(client, name, language):
    answer = client.get(f"/{name}", {"language": language})
    assert answer.status_code == 200
    assert answer["Content-Language"] == LANGUAGES[language].html_lang
    assert not answer.cookies
    if name != "help":
        with override(language):
            assert gettext("Not decided yet") in answer.text


def test_the_list_of_numbers_takes_one_query_and_leaves_out_closed_sites(client):
    closed = Site.objects.order_by("pk").last()
    assert closed
    Site.objects.filter(pk=closed.pk).update(state=Site.State.CLOSED)
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/help", {"language": "sv"}).text
    assert len([each for each in queries if "agencies_site" in each["sql"]]) == 1
    assert "Norrköping" in text
    assert f"Mötesplats {closed.name}<" not in text


def test_twenty_looks_of_a_scanner_change_nothing_reveal_nothing_and_leave_the_link_usable(phone, token):
    texts = set()
    with CaptureQueriesContext(connection) as queries:
        for number in range(20):
            scanner = Client(headers={"user-agent": f"scanner {number}"})
            for path in ("", "/", "/calendar.ics", "/survey", "/extracts", "/readings", "/checklist"):
                answer = scanner.get(f"/d/{token}{path}")
                assert answer.status_code in (200, 302)
                assert not answer.cookies
                texts.add(answer.content)
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    assert not any(word in text for text in texts for word in (b"Norrk", b"tel:", b"09:"))
    phone.post(f"/d/{token}", {"language": "en"})
    assert "Your day" in phone.get(f"/d/{token}").text


def test_on_the_day_the_page_asks_one_thing_more_and_tells_desk_and_arrival(
    opened, token, link, caseworker, acting
):
    with acting(caseworker):
        day, first = link.chain.site_day, link.chain.meetings.order_by("starts_at")[0]
        Shift.objects.filter(site_day=day, resource=first.caseworker.resource_id).update(desk="Bord 7")
    asked = []
    for moment in (day.opens_at - timedelta(days=2), first.starts_at):
        with time_machine.travel(moment, tick=False):
            opened.post(f"/d/{token}", {"language": "en"})
            with CaptureQueriesContext(connection) as queries:
                text = opened.get(f"/d/{token}").text
            asked.append(len(queries))
        assert ("Bord 7" in text) is (moment == first.starts_at)
    assert asked[1] == asked[0] + 1
    assert asked[0] <= 40


def test_a_family_that_waits_reads_how_late_it_is(opened, token, link, caseworker, acting):
    with acting(caseworker):
        first, second = link.chain.meetings.order_by("starts_at")[:2]
        Meeting.objects.filter(pk=first.pk).update(
            attendance="done", checked_in_at=first.starts_at, checked_in_by=caseworker
        )
    with time_machine.travel(second.starts_at + timedelta(minutes=15), tick=False):
        opened.post(f"/d/{token}", {"language": "en"})
        text = opened.get(f"/d/{token}").text
    assert "Late by about 15 min" in text
    assert "Sit in the waiting room. We call you." in text
    assert "<h2>Over</h2>" in text


def test_a_moved_day_tells_the_time_before_and_not_to_come_then(opened, token, link, caseworker, acting):
    with acting(caseworker):
        newest = link.chain.summonses.latest("version")
        day = newest.day
        for stop in day["days"][0]["stops"]:
            for name in ("starts_at", "ends_at"):
                stop[name] = (datetime.fromisoformat(stop[name]) + timedelta(minutes=30)).isoformat()
        SummonsFactory(chain=link.chain, version=2, day=day, made_by=caseworker)
    text = opened.get(f"/d/{token}").text
    assert "Your day has a new time" in text
    assert "The time before. Do not come then." in text
    assert text.count("<del>") == 1


def test_what_is_not_translated_stands_as_swedish_on_page_and_letter(phone, link, token, caseworker, acting):
    TextBlock.objects.filter(language="ar").delete()
    phone.post(f"/d/{token}", {"language": "ar"})
    page = phone.get(f"/d/{token}").text
    swedish = re.findall(r'<(?:p|span)(?: class="why")? lang="sv" dir="ltr">([^<]+)', page)
    for slot in ("why", "about", "sheet", "after"):
        said = TextBlock.objects.filter(language="sv", slot=slot).values_list("text", flat=True)
        assert set(said) & set(swedish), slot
    with acting(caseworker):
        letter = to_html(compose(link.chain.summonses.get(), link))
    assert set(re.findall(r'<(?:p|span)(?: class="why")? lang="sv" dir="ltr">([^<]+)', letter)) & set(swedish)
    phone.post(f"/d/{token}", {"language": "sv"})
    assert '<p lang="sv"' not in phone.get(f"/d/{token}").text
