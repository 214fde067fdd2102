"""The newcomer's link: a GET shows and reads nothing, a POST opens the day in the chosen language."""

from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext, override
from icalendar import Calendar

from agencies.languages import LANGUAGES
from agencies.models import User
from bookings.chains.book import book_chain, cancel_chain, move_chain
from bookings.chains.meeting_form import Form, hold_meeting
from bookings.links.paper_code import MOST_WRONG
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, Party, Summons, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from bookings.remote.allow import allow_forms
from tests.factories.agencies import ManagerFactory, UserFactory, the_site
from tests.factories.bookings import NewcomerFactory, PartyFactory
from tests.factories.interpreters import open_day
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

NOBODYS = "A" * 22
FIRST, SECOND = date(2026, 12, 8), date(2026, 12, 9)


@pytest.fixture
def caseworker(norrkoping) -> User:
    for day in (FIRST, SECOND):
        open_day(
            norrkoping, day, desks=dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM"), 1), interpreters={"ar": 1}
        )
    return UserFactory()


@pytest.fixture
def chain(caseworker, acting) -> Chain:
    """The day of two adults and two children with names that nobody else has."""
    with acting(caseworker):
        party = PartyFactory(registered_by=caseworker, members=())
        for name, birth in (("Rania", 1988), ("Idris", 1990), ("Yusuf", 2016), ("Mariam", 2021)):
            NewcomerFactory(party=party, given_name=name, family_name="Almasri", birth_date=date(birth, 3, 1))
        proposal = propose_on(party, FIRST)
        return book_chain(party=party, proposal=proposal, by=caseworker, at=timezone.now())


def propose_on(party: Party, day: date, *, moving: Chain | None = None) -> str:
    answer = propose(
        profile=profile_of(party),
        site=the_site(),
        track=Track.objects.get(number=1),
        first=day,
        last=day,
        at=timezone.now(),
        moving=moving,
    )
    return answer.options[0].proposal.sign()


@pytest.fixture
def token(chain, caseworker, acting) -> str:
    """Rania's."""
    with acting(caseworker):
        return token_of(chain.links.select_related("newcomer").get(newcomer__given_name="Rania"))


def press(phone: Client, token: str, language: str = "ar", **more: str):
    """The page that the first screen's button leads to."""
    return phone.post(f"/d/{token}", {"language": language} | more, follow=True)


def calendar(phone: Client, token: str):
    press(phone, token)
    return phone.get(f"/d/{token}/calendar.ics")


def test_a_get_is_answered_alike_for_every_token_and_sets_no_cookie(phone, token):
    answers = [phone.get(f"/d/{each}") for each in (token, NOBODYS, "x", "%00%FF")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert not phone.cookies


def test_a_get_reads_and_writes_no_table_of_the_apps(phone, token):
    with CaptureQueriesContext(connection) as queries:
        phone.get(f"/d/{token}")
    found = [query["sql"] for query in queries if "bookings_" in query["sql"] or "agencies_" in query["sql"]]
    assert found == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_answer_forbids_storing_indexing_and_telling_other_sites(phone, token, method):
    answer = getattr(phone, method)(f"/d/{token}", {"language": "ar"})
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_first_screen_is_in_the_phones_language(phone):
    answer = phone.get(f"/d/{NOBODYS}", headers={"Accept-Language": "ti,en;q=0.5"})
    assert answer["Content-Language"] == "ti"
    assert '<html lang="ti" dir="ltr">' in answer.text


def test_a_post_opens_the_day_with_its_times_in_arabic(phone, token, chain, caseworker, acting):
    answer = press(phone, token)
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert chain.reference in answer.text
    with acting(caseworker):
        for meeting in chain.meetings.all():
            assert f"{timezone.localtime(meeting.starts_at):%H:%M}" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_opens_in_every_language_and_stays_light(phone, token, language):
    answer = press(phone, token, language)
    assert answer.status_code == 200
    assert answer["Content-Language"] == LANGUAGES[language].html_lang
    assert len(answer.content) < 40_000  # style and fonts come on top; the whole stays under 100 kB


def test_the_day_has_no_names_of_the_party_the_staff_or_the_interpreter(phone, token):
    told = unescape(press(phone, token).text)
    for name in ("Almasri", "Rania", "Idris", "Testsson", "Tolk"):
        assert name not in told


def test_an_unknown_link_gets_a_404_in_the_chosen_language(phone, token):
    stranger = press(phone, NOBODYS)
    assert stranger.status_code == 404
    assert stranger["Content-Language"] == "ar"


def test_a_post_leads_to_a_page_that_back_and_reload_fetch_again(phone, token, chain):
    answer = phone.post(f"/d/{token}", {"language": "ar"})
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token}")
    for _ in range(2):
        day = phone.get(f"/d/{token}")
        assert day["Content-Language"] == "ar"
        assert chain.reference in day.text


def test_the_day_keeps_its_language_until_another_is_chosen(phone, token):
    press(phone, token, "ti")
    assert phone.get(f"/d/{token}")["Content-Language"] == "ti"
    phone.get(f"/d/{token}?language=so")
    assert phone.get(f"/d/{token}")["Content-Language"] == "so"


def test_closing_ends_the_session_on_the_server_too(phone, token, chain):
    press(phone, token)
    copied = Client()
    copied.cookies.load({name: morsel.value for name, morsel in phone.cookies.items()})
    assert chain.reference in copied.get(f"/d/{token}").text
    answer = phone.post(f"/d/{token}/close", {"language": "ar"})
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token}?language=ar")
    for browser in (phone, copied):
        assert chain.reference not in browser.get(f"/d/{token}").text


@pytest.mark.parametrize("with_code", [True, False])
def test_names_of_who_is_called_need_the_paper_code(phone, token, chain, caseworker, acting, with_code):
    with acting(caseworker):
        link = chain.links.get(newcomer__given_name="Rania")
        summons = chain.summonses.get()
        for stop in summons.day["days"][0]["stops"]:
            stop["who"] = "concerned"
        Summons.objects.filter(pk=summons.pk).update(day=summons.day)
        code = {"k": code_of(link)} if with_code else {}
    told = unescape(press(phone, token, "en", **code).text)
    assert ("Rania" in told) is with_code
    assert ("Those whose names stand in the letter" in told) is not with_code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cancelled_day_says_not_to_come_and_whom_to_call(phone, token, chain, caseworker, acting, language):
    press(phone, token, language)
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjuk", by=caseworker, at=timezone.now())
    for answer in (phone.get(f"/d/{token}"), press(Client(), token, language)):
        assert answer.status_code == 200
        assert answer["Content-Language"] == LANGUAGES[language].html_lang
        with override(language):
            assert gettext("Your day is cancelled") in answer.text
        assert 'href="tel:' in answer.text
        assert "bildtelefoni.net" in answer.text
        for secret in ("Sjuk", "Rania", "Almasri", chain.reference):
            assert secret not in answer.text


def test_the_calendar_file_of_a_cancelled_day_takes_it_out(phone, token, chain, caseworker, acting):
    first = event_of(calendar(phone, token))
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjuk", by=caseworker, at=timezone.now())
    answer = phone.get(f"/d/{token}/calendar.ics")
    event = event_of(answer)
    assert "METHOD:CANCEL" in answer.text
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == first["UID"]
    assert event["SEQUENCE"] > first["SEQUENCE"]


def test_a_day_that_has_been_says_so_until_its_link_ends(phone, token, chain, caseworker, acting):
    with acting(caseworker):
        closes, ends = chain.site_day.closes_at, chain.links.first().valid_until
    assert ends - closes == timedelta(days=30)
    with time_machine.travel(closes + timedelta(minutes=1)):
        past = press(phone, token, "en").text
        assert "This day has been" in past
        assert "until 7 January 2027" in past
        assert "calendar.ics" not in past
    with time_machine.travel(ends - timedelta(minutes=1)):
        assert chain.reference in press(phone, token, "en").text
    with time_machine.travel(ends):
        ended = press(phone, token, "en")
        assert ended.status_code == 410
        assert "This link has ended" in ended.text
        assert 'href="tel:' in ended.text
        assert chain.reference not in ended.text
        assert phone.get(f"/d/{token}/calendar.ics").status_code == 410


def test_the_link_of_a_moved_day_ends_after_the_new_day(chain, caseworker, acting):
    with acting(caseworker):
        before = chain.links.first().valid_until
        proposal = propose_on(chain.party, SECOND, moving=chain)
        move_chain(chain=chain, proposal=proposal, by=caseworker, at=timezone.now())
        assert chain.links.first().valid_until - before == SECOND - FIRST


@pytest.mark.parametrize(
    "glued", [".", "/", ",", ")", "%20", "%E2%80%9D", "%2E", "%252E", "./", "-", "_", "!"]
)
def test_what_a_mail_glues_to_a_link_does_not_matter(phone, token, chain, glued):
    assert chain.reference in press(phone, token + glued).text
    assert chain.reference in press(phone, token.lower() + glued).text


def test_a_code_that_is_closed_is_told_on_the_day(phone, token, chain, caseworker, acting):
    with acting(caseworker):
        code = code_of(chain.links.get(newcomer__given_name="Rania"))
    for _ in range(MOST_WRONG):
        phone.post(f"/d/{token}/key", {"language": "en", "code": "34679CDF", "onward": "consents"})
    assert "The code is closed" in press(phone, token, "en", k=code).text


def test_a_moved_day_says_what_changed(phone, token, chain, caseworker, acting):
    with acting(caseworker):
        party = chain.party
        move_chain(
            chain=chain, proposal=propose_on(party, SECOND, moving=chain), by=caseworker, at=timezone.now()
        )
    told = unescape(press(phone, token, "en").text)
    assert "Version 2" in told
    assert "The old day was Tuesday 8 December 2026" in told


@pytest.mark.parametrize("language", ["", "xx", "ar\x00"])
def test_an_unknown_language_is_asked_for_again(phone, token, language):
    answer = press(phone, token, language)
    assert answer.status_code == 422
    assert answer.content == phone.get(f"/d/{token}").content


def test_the_day_opens_in_a_browser_where_staff_are_signed_in(token, caseworker):
    browser = Client()
    sign_in(browser, caseworker)
    assert press(browser, token).status_code == 200


def test_after_the_request_the_database_shows_the_chain_to_nobody(phone, token, chain):
    press(phone, token)
    assert not Chain.objects.exists()


def test_other_methods_are_refused(phone, token):
    assert phone.put(f"/d/{token}").status_code == 405


def event_of(answer) -> dict:
    return Calendar.from_ical(answer.content).walk("VEVENT")[0]


def test_the_calendar_file_has_the_days_times_and_no_names(phone, token, chain, caseworker, acting):
    answer = calendar(phone, token)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    event = event_of(answer)
    assert event["SUMMARY"] == "Mötesplats"
    assert event["SEQUENCE"] == 1
    assert "Almasri" not in answer.text
    with acting(caseworker):
        meetings = list(chain.meetings.all())
    assert event["DTSTART"].dt == chain.site_day.opens_at == meetings[0].starts_at, "nobody waits outside"
    assert event["DTEND"].dt == meetings[-1].ends_at
    assert len(event["DESCRIPTION"].splitlines()) == len(meetings) + 1


def test_the_calendar_file_of_a_moved_day_replaces_the_first(phone, token, chain, caseworker, acting):
    first = event_of(calendar(phone, token))
    with acting(caseworker):
        wanted = propose_on(chain.party, SECOND, moving=chain)
        move_chain(chain=chain, proposal=wanted, by=caseworker, at=timezone.now())
    second = event_of(calendar(phone, token))
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] == 2


def test_a_meeting_by_video_is_told_to_all_and_its_address_with_the_paper_code(
    phone, token, chain, caseworker, acting
):
    tool = "https://video.example/rum/7"
    manager = ManagerFactory(agency="FK")
    allow_forms(by_telephone=False, by_video=True, tool=tool, by=manager, at=timezone.now())
    with acting(caseworker):
        hold_meeting(chain=chain, key="FK", form=Form.VIDEO, by=caseworker, at=timezone.now())
        code = code_of(chain.links.select_related("newcomer").get(newcomer__given_name="Rania"))
    page = press(phone, token, "en")
    assert "This meeting is by video: open the link when it begins." in page.text
    assert tool not in page.text
    phone.post(f"/d/{token}/key", {"code": code})
    assert f'<a href="{tool}" rel="noreferrer">' in phone.get(f"/d/{token}?language=en").text
