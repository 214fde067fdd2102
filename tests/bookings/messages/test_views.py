"""The pages of messages: a chain's, what failed, and when a site reminds."""

from datetime import time, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override

from agencies.dispatches.channels.outgoing import ChannelMissing, ChannelRefused
from agencies.models import ReminderTime, Role
from bookings.messages.contacts import digest_of
from bookings.messages.fates import UNSAID, WHY
from bookings.messages.queries import failed_messages
from bookings.messages.schedule import ReminderRule
from bookings.messages.settle import RemindersNotYours, set_reminders
from bookings.models import Message
from bookings.replies.take import take_reply
from tests.bookings.messages.conftest import PHONE, sweep
from tests.browser import browser_of
from tests.factories.agencies import UserFactory, the_site
from tests.factories.bookings import MessageFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(norrkoping) -> Client:
    return browser_of(UserFactory(role=Role.COORDINATOR))


def page_of(chain) -> str:
    return f"/chains/{chain.reference}/dispatches/"


def test_the_page_shows_what_went_out_what_is_to_come_and_the_text(chain, gateway, browser):
    sweep(NOW)
    page = browser.get(page_of(chain)).text
    assert "All that has gone out and is to go out" in page
    assert "reminder some days before" in page
    assert "number 1 in the print queue" in page
    assert "يومك في Mötesplats" in page
    assert "2 parts of at most 2" in page
    assert "Your day" not in page
    assert "Din dag på Mötesplats" in page


def test_the_text_of_another_message_is_asked_for_by_its_key(chain, gateway, browser, acting, caseworker):
    with acting(caseworker):
        reminder = Message.objects.get(chain=chain, kind="reminder_morning")
    assert "اليوم: يومك في" in browser.get(f"{page_of(chain)}?message={reminder.key}").text
    assert browser.get(f"{page_of(chain)}?message=x").status_code == 200


def test_what_failed_stands_on_top_and_is_cleared_by_a_press(chain, gateway, browser, acting, caseworker):
    gateway.fails = [ChannelRefused("invalid")]
    sweep(NOW)
    page = browser.get(page_of(chain)).text
    assert "1 message did not arrive" in page
    assert "there is no such number or address" in page
    assert 'href="tel:+46701740612"' in page
    assert chain.reference in browser.get("/dispatches/").text
    with acting(caseworker):
        (failed,) = failed_messages(caseworker, at=NOW)
    for _press in range(2):
        answer = browser.post(page_of(chain), {"message": str(failed.key)})
        assert answer["Location"] == page_of(chain)
    page = browser.get(page_of(chain)).text
    assert "did not arrive" not in page
    assert "reached them at" in page
    assert chain.reference not in browser.get("/dispatches/").text


def test_what_failed_is_sent_again_to_the_number_that_was_corrected(
    chain, gateway, fates, browser, acting, caseworker, reach
):
    gateway.fails = [ChannelRefused("invalid")]
    sweep(NOW)
    reach(chain, phone="+46701740613")
    with acting(caseworker):
        failed = Message.objects.get(chain=chain, state="failed")
    for status in (302, 409):
        pressed = browser.post(page_of(chain), {"message": str(failed.key), "do": "again"})
        assert pressed.status_code == status
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", "sent", "")
    assert [outgoing.to for outgoing in gateway.seen.values()] == ["+46701740613"]
    assert failed.key not in gateway.seen


@pytest.mark.parametrize("key", ["", "x", str(UUID(int=1))])
def test_what_is_not_on_the_page_is_no_message_that_failed(chain, browser, key):
    answer = browser.post(page_of(chain), {"message": key})
    assert answer.status_code == 409
    assert "no longer on the page" in answer.text


def test_what_has_not_failed_is_not_handled(chain, browser, acting, caseworker):
    with acting(caseworker):
        waits = Message.objects.get(chain=chain, kind="summons", channel="sms")
    assert browser.post(page_of(chain), {"message": str(waits.key)}).status_code == 409


def test_that_there_is_no_gateway_is_said_plainly(chain, gateway, browser):
    gateway.fails = [ChannelMissing()]
    sweep(NOW)
    for address in (page_of(chain), "/dispatches/"):
        page = browser.get(address).text
        assert "No gateway is configured." in page
        assert "Nothing is lost." in page


def test_a_closed_telephone_is_told_and_opened_again_by_a_press(
    chain, gateway, browser, acting, caseworker, fates
):
    sweep(NOW)
    take_reply(sender=PHONE, message="STOP", number="", at=NOW)
    page = browser.get(page_of(chain)).text
    assert "No text message goes to the telephone 070-174 06 12:" in page
    assert "the family has asked for no more messages to that address." in page
    for address in ("", "x\x00", digest_of("sms", PHONE), digest_of("sms", PHONE)):
        pressed = browser.post(page_of(chain), {"do": "reopen", "address": address})
        assert pressed.status_code == 302
    assert "No text message goes to" not in browser.get(page_of(chain)).text
    with acting(caseworker):
        reminder = Message.objects.filter(chain=chain, kind="reminder_week").get()
    sweep(reminder.due_at)
    assert ("reminder_week", "sms", "sent", "") in fates(chain)


def test_each_fate_has_words_on_the_page_and_its_code_in_the_api(chain, browser, api, acting, caseworker):
    for number, why in enumerate([*WHY, "s_550"], start=2):
        with acting(caseworker):
            MessageFactory(chain=chain, version=number, link=None, state="dropped", why=why, settled_at=NOW)
    page = browser.get(page_of(chain)).text
    with override("en"):
        assert not [words for words in (*WHY.values(), UNSAID) if escape(str(words)) not in page]
    told = api.get("/api/v1/dispatches/", {"chain": chain.reference}).json()["results"]
    assert {one["why"] for one in told} == {"", *WHY, "s_550"}


def test_the_list_names_nobody_and_takes_as_many_queries_for_three(
    book, chain, gateway, browser, acting, caseworker, django_assert_max_num_queries
):
    def failed(version: int) -> None:
        MessageFactory(chain=chain, version=1, kind="missed", link=None, state="failed", why="invalid")

    with acting(caseworker):
        failed(1)
        names = list(chain.party.members.values_list("given_name", flat=True))
    browser.get("/dispatches/")
    with django_assert_max_num_queries(40) as one:
        page = browser.get("/dispatches/").text
    assert not [name for name in names if name in page]
    with acting(caseworker):
        failed(1)
        failed(1)
    with django_assert_max_num_queries(40) as three:
        browser.get("/dispatches/")
    assert len(one) == len(three)


def test_a_chain_s_page_takes_as_many_queries_for_more_messages(
    chain, browser, acting, caseworker, django_assert_max_num_queries
):
    browser.get(page_of(chain))
    with django_assert_max_num_queries(60) as few:
        browser.get(page_of(chain))
    with acting(caseworker):
        for version in range(2, 5):
            MessageFactory(
                chain=chain, version=version, link=None, state="dropped", why="replaced", settled_at=NOW
            )
    with django_assert_max_num_queries(60) as many:
        browser.get(page_of(chain))
    assert len(few) == len(many)


def test_a_failed_message_of_a_past_day_or_of_an_older_version_is_no_task(chain, acting, caseworker):
    with acting(caseworker):
        MessageFactory(chain=chain, version=1, kind="missed", link=None, state="failed", why="invalid")
        assert failed_messages(caseworker, at=NOW).count() == 1
        assert not failed_messages(caseworker, at=chain.site_day.closes_at).exists()
        Message.objects.filter(state="failed").update(version=0)
        assert not failed_messages(caseworker, at=NOW).exists()


def test_another_agency_sees_nothing_of_it(chain, acting):
    stranger = UserFactory(agency="AF")
    assert browser_of(stranger).get(page_of(chain)).status_code == 404
    with acting(stranger):
        assert not Message.objects.exists()


def test_the_coordinator_says_when_the_site_reminds_and_sees_what_a_family_gets(coordinator):
    page = coordinator.get("/reminders/norrkoping/").text
    assert "a reminder shortly before" in page
    typed = {
        "week": "12:00",
        "week_days": "5",
        "day": "09.30",
        "day_days": "2",
        "day_is_on": "on",
        "morning": "07:00",
    }
    assert coordinator.post("/reminders/norrkoping/", typed).status_code == 302
    rows = {row.kind: (row.days_before, row.at, row.is_on) for row in ReminderTime.objects.all()}
    assert rows == {
        "week": (5, time(12), False),
        "day": (2, time(9, 30), True),
        "morning": (0, time(7), False),
    }
    page = coordinator.get("/reminders/norrkoping/").text
    assert "09:30" in page
    assert "the same morning:" not in page


@pytest.mark.parametrize(
    "changed",
    [
        {"day": "22:00"},
        {"morning": "06:00"},
        {"day": "soon"},
        {"day_days": "0"},
        {"week_days": "31"},
        {"week": ""},
    ],
)
def test_a_reminder_in_the_quiet_hours_or_of_no_day_is_refused(coordinator, changed):
    typed = {"week": "12:00", "week_days": "7", "day": "10:00", "day_days": "1", "morning": "07:00"} | changed
    answer = coordinator.post("/reminders/norrkoping/", typed)
    assert answer.status_code == 422
    assert not ReminderTime.objects.exists()


def test_another_site_s_coordinator_and_a_caseworker_change_nothing(norrkoping, browser):
    elsewhere = UserFactory(role=Role.COORDINATOR, sites=[])
    assert browser_of(elsewhere).get("/reminders/norrkoping/").status_code == 404
    assert browser.get("/reminders/norrkoping/").status_code == 403
    with pytest.raises(RemindersNotYours):
        set_reminders(site=the_site(), rules={"day": ReminderRule(1, time(10))}, by=elsewhere)


def test_the_site_s_times_hold_for_what_is_booked_from_then_on(book, acting, caseworker, norrkoping):
    ReminderTime.objects.create(site=norrkoping, kind="week", days_before=3, at=time(12))
    ReminderTime.objects.create(site=norrkoping, kind="day", days_before=1, at=time(10), is_on=False)
    chain = book()
    with acting(caseworker):
        due = dict(Message.objects.filter(kind__startswith="reminder").values_list("kind", "due_at"))
    assert set(due) == {"reminder_week", "reminder_morning"}
    days = chain.site_day.date - due["reminder_week"].date()
    assert days == timedelta(days=3)


def test_the_api_lists_them_without_any_text(chain, gateway, api):
    sweep(NOW)
    answer = api.get("/api/v1/dispatches/", {"chain": chain.reference})
    (sent,) = [one for one in answer.json()["results"] if one["state"] == "sent"]
    assert sent == {
        "kind": "summons",
        "channel": "sms",
        "language": "ar",
        "due_at": "2026-11-23T09:00:00+01:00",
        "state": "sent",
        "attempts": 1,
        "sent_at": "2026-11-23T09:00:00+01:00",
        "why": "",
    }
    assert "Mötesplats" not in answer.content.decode()


@pytest.mark.parametrize(("asked", "status"), [({}, 422), ({"chain": ""}, 422), ({"chain": "ABC-DEF"}, 404)])
def test_the_api_asks_for_a_chain_that_is_there(api, asked, status):
    assert api.get("/api/v1/dispatches/", asked).status_code == status
