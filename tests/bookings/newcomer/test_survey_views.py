"""The survey after the day: once a link, skipped questions, and nothing that leads back to the family."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils.translation import gettext, override

from agencies.languages import LANGUAGES
from agencies.secrecy.context import Viewer, acting_as
from bookings.links.tokens import code_of, hash_of, token_of
from bookings.models import Link, Meeting, SurveyAnswer, SurveyMarker
from bookings.newcomer.survey import marker_of

pytestmark = pytest.mark.django_db

FACES = {"purpose": "4", "interpreter": "2", "next_step": "", "in_control": "1"}


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
def afterwards(link, caseworker, acting):
    """The clock stands an hour after the day."""
    with acting(caseworker):
        closes_at = link.chain.site_day.closes_at
    with time_machine.travel(closes_at + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def opened(phone, token, afterwards) -> Client:
    phone.post(f"/d/{token}", {"language": "ar"})
    return phone


def answers() -> list[SurveyAnswer]:
    """What is kept, as only what counts it may read."""
    with acting_as(Viewer(role="survey")):
        return list(SurveyAnswer.objects.all())


def test_answers_are_kept_with_site_month_language_and_track_alone(opened, token, link, caseworker, acting):
    answer = opened.post(f"/d/{token}/survey", FACES)
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token}/survey")
    (kept,) = answers()
    assert (kept.purpose, kept.interpreter, kept.next_step, kept.in_control) == (4, 2, None, 1)
    with acting(caseworker):
        assert kept.month == link.chain.site_day.date.replace(day=1)
        assert kept.site_id == link.chain.site_day.location.site_id
    assert (kept.language, kept.track) == ("ar", 1)
    assert {field.name for field in SurveyAnswer._meta.fields} == {
        "key", "site", "month", "language", "track", *SurveyAnswer.QUESTIONS
    }  # fmt: skip


def test_a_link_answers_once_and_is_thanked_each_time(opened, token):
    for _ in range(2):
        thanked = opened.post(f"/d/{token}/survey", FACES, follow=True)
        with override("ar"):
            assert gettext("Thank you. Your answer has arrived.") in unescape(thanked.text)
    assert len(answers()) == 1
    assert 'name="purpose"' not in opened.get(f"/d/{token}").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_without_an_answer_is_sent_back_in_words(opened, token, language):
    answer = opened.post(f"/d/{token}/survey?language={language}", {"purpose": "9", "interpreter": "x"})
    assert answer.status_code == 422
    with override(language):
        assert gettext("Choose a face for one question at least, or leave the page.") in unescape(answer.text)
    assert answers() == []


def test_before_the_day_nothing_is_asked_and_nothing_kept(phone, token):
    phone.post(f"/d/{token}", {"language": "ar"})
    for answer in (phone.post(f"/d/{token}/survey", FACES), phone.get(f"/d/{token}/survey")):
        assert (answer.status_code, answer["Location"]) == (302, f"/d/{token}")
    assert answers() == []


def test_without_an_open_day_the_survey_is_nobodys(phone, token, afterwards):
    answer = phone.post(f"/d/{token}/survey", FACES)
    assert (answer.status_code, answer["Location"]) == (302, f"/d/{token}")
    assert answers() == []


def test_neither_staff_nor_the_family_reads_an_answer(opened, token, caseworker, acting):
    opened.post(f"/d/{token}/survey", FACES)
    with acting(caseworker):
        assert not SurveyAnswer.objects.exists()
        assert not SurveyMarker.objects.exists()
    with acting_as(Viewer(link=hash_of(token))):
        assert not SurveyAnswer.objects.exists()


def test_the_marker_does_not_tell_which_link_it_is_of_without_the_houses_key(link, settings):
    marker = marker_of(link)
    assert marker == marker_of(link)
    settings.SECRET_KEY = "another" * 10
    assert marker != marker_of(link)


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_day_the_page_says_so_and_what_comes_next(phone, token, afterwards, language):
    phone.post(f"/d/{token}", {"language": language})
    text = phone.get(f"/d/{token}").text
    with override(language):
        assert gettext("This day has been") in text
        assert gettext("Your meetings that day") in text
        assert gettext("This was done") not in text


def test_what_was_done_needs_the_paper_code(phone, token, link, caseworker, acting, afterwards):
    with acting(caseworker):
        code = code_of(link)
        first = link.chain.meetings.order_by("starts_at").first()
        Meeting.objects.filter(pk=first.pk).update(attendance="done", checked_in_at=first.starts_at)
    assert "This was done" not in phone.get(f"/d/{token}").text
    phone.post(f"/d/{token}", {"language": "en", "k": code})
    text = phone.get(f"/d/{token}").text
    assert "This was done" in text


def test_where_nobody_was_met_the_page_does_not_say_that_something_was_done(
    phone, token, link, caseworker, acting, afterwards
):
    with acting(caseworker):
        code = code_of(link)
        link.chain.meetings.update(attendance="no_show")
    phone.post(f"/d/{token}", {"language": "en", "k": code})
    text = phone.get(f"/d/{token}").text
    assert "Your meetings that day" in text
    assert "It is not written down that you met" in text
    assert "This was done" not in text


def test_another_language_keeps_the_faces_and_sends_nothing(opened, token):
    page = opened.post(f"/d/{token}/survey", FACES | {"switch": "ti"}).text
    assert '<html lang="ti"' in page
    assert page.count(" checked>") == 3
    assert answers() == []
    answer = opened.post(f"/d/{token}/survey", {"switch": "so"})
    assert answer["Location"] == f"/d/{token}?language=so", "where nothing was chosen, it stays on the day"
    opened.post(f"/d/{token}/survey", FACES | {"language": "ti"})
    assert [one.language for one in answers()] == ["ti"]
