"""A newcomer answers by the link alone: once, in any language, with another day of the own choice where that may be."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agencies.languages import LANGUAGES
from agencies.models import Threshold, ThresholdCode
from agencies.secrecy.context import Viewer, acting_as
from bookings.answers.give import give_answer
from bookings.chains.book import cancel_chain, move_chain
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, Party, SummonsAnswer
from bookings.parties.protect import protect_party
from tests.bookings.booking_steps import FIRST, SECOND, THIRD, book, open_days, register, signed_proposal
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory
from tests.factories.bookings import OwnContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PHONE = "+46701740612"
ASKED = "At which number can we call you?"


@pytest.fixture
def chain(caseworker, acting) -> Chain:
    open_days(FIRST, SECOND, THIRD)
    with acting(caseworker):
        return book(register(caseworker, phone=PHONE), caseworker, first=FIRST, last=FIRST)


@pytest.fixture
def token(chain, caseworker, acting) -> str:
    with acting(caseworker):
        return token_of(chain.links.order_by("pk")[0])


@pytest.fixture
def opened(phone, token) -> Client:
    phone.post(f"/d/{token}", {"language": "en"})
    return phone


def answers(acting, caseworker) -> list[tuple[str, str, bool]]:
    with acting(caseworker):
        return [
            (row.kind, row.why, row.settled_at is not None)
            for row in SummonsAnswer.objects.filter(replaced_at=None)
        ]


def test_yes_is_written_once_and_the_receipt_can_be_reloaded(opened, token, acting, caseworker):
    for _ in range(2):
        page = opened.post(f"/d/{token}/answer", {"answer": "yes"}, follow=True)
        assert page.redirect_chain == [(f"/d/{token}/answered?language=en", 302)]
        assert "Thank you. We know that you are coming." in page.content.decode()
    assert answers(acting, caseworker) == [("yes", "", False)]
    assert "You have said that you are coming." in opened.get(f"/d/{token}").content.decode()


def test_the_form_works_although_the_session_has_ended(phone, token, acting, caseworker):
    page = phone.post(f"/d/{token}/answer", {"answer": "yes", "language": "so"}, follow=True)
    assert "Mahadsanid" in page.content.decode()
    assert answers(acting, caseworker) == [("yes", "", False)]


def test_a_scanner_that_gets_the_pages_changes_nothing(phone, token, acting, caseworker):
    for name in ("answer", "answered", "another-time", "call-me") * 5:
        answer = phone.get(f"/d/{token}/{name}", follow=True)
        assert "Layla" not in answer.content.decode()
        assert "Norrköping" not in answer.content.decode()
    assert answers(acting, caseworker) == []


def proposal_in(page) -> str:
    """The last of the days that are offered."""
    found = re.findall(r'name="day"\s+value="([^"]+)"', page.content.decode())
    assert found[-1] == "call"
    return found[-2]


def test_whoever_has_typed_the_paper_code_gets_the_same_pages(phone, token, chain, caseworker, acting):
    with acting(caseworker):
        code = code_of(chain.links.order_by("pk")[0])
    phone.post(f"/d/{token}", {"language": "en", "k": code})
    for name in ("another-time", "call-me"):
        assert phone.get(f"/d/{token}/{name}").status_code == 200
    page = phone.get(f"/d/{token}/another-time")
    assert phone.post(f"/d/{token}/another-time", {"day": proposal_in(page)}).status_code == 302


def test_another_day_is_chosen_and_the_chain_is_moved_at_once(opened, token, chain, acting, caseworker):
    page = opened.get(f"/d/{token}/another-time")
    proposal = proposal_in(page)
    moved = opened.post(f"/d/{token}/another-time", {"why": "children", "day": proposal}, follow=True)
    assert moved.redirect_chain == [(f"/d/{token}?language=en", 302)]
    assert "You have chosen this day yourself." in moved.content.decode()
    with acting(caseworker):
        chain.refresh_from_db()
        assert chain.site_day.date == THIRD
        assert chain.summonses.count() == 2
    assert answers(acting, caseworker) == [("another_time", "children", True)]


def test_two_taps_on_a_day_are_one_choice_and_leave_the_second_one(opened, token, chain, acting, caseworker):
    chosen = {"why": "children", "day": proposal_in(opened.get(f"/d/{token}/another-time"))}
    for _tap in range(2):
        assert (
            opened.post(f"/d/{token}/another-time", chosen).headers["Location"] == f"/d/{token}?language=en"
        )
    with acting(caseworker):
        assert SummonsAnswer.objects.count() == 1
        assert chain.summonses.count() == 2
    again = {"why": "ill", "day": proposal_in(opened.get(f"/d/{token}/another-time"))}
    assert opened.post(f"/d/{token}/another-time", again).status_code == 302
    assert 'name="day"' not in opened.get(f"/d/{token}/another-time").text, "then a caseworker helps"


def test_a_chosen_day_settles_what_the_other_adult_wished(opened, token, chain, acting, caseworker):
    with acting(caseworker):
        other = chain.links.order_by("pk")[1]
        give_answer(link=other, answer="another_time", source="telephone", by=caseworker, at=timezone.now())
    chosen = {"why": "children", "day": proposal_in(opened.get(f"/d/{token}/another-time"))}
    opened.post(f"/d/{token}/another-time", chosen)
    with acting(caseworker):
        assert {(row.newcomer_id, row.settled_by) for row in SummonsAnswer.objects.all()} == {
            (link.newcomer_id, None) for link in chain.links.all()
        }
        assert not SummonsAnswer.objects.filter(settled_at=None).exists()


def test_who_was_coming_is_asked_again_when_the_day_begins_at_another_time(
    opened, token, chain, acting, caseworker
):
    opened.post(f"/d/{token}/answer", {"answer": "yes"})
    with acting(caseworker):
        late = max(chain.meetings.all(), key=lambda meeting: meeting.starts_at)
        own = signed_proposal(chain.party, moving=chain, meeting=late.agency.code)
        move_chain(chain=chain, proposal=own, by=caseworker, at=timezone.now())
    assert "You have said that you are coming." in opened.get(f"/d/{token}").text, "only the end is later"
    with acting(caseworker):
        chain.refresh_from_db()
        other = signed_proposal(chain.party, first=SECOND, last=SECOND, moving=chain)
        move_chain(chain=chain, proposal=other, by=caseworker, at=timezone.now())
    assert "You have said that you are coming." not in opened.get(f"/d/{token}").text
    assert "Nobody has answered yet." in words_of(browser_of(caseworker).get(f"/chains/{chain.reference}/"))


def test_a_day_that_has_been_taken_is_refused_with_fresh_ones_and_nothing_is_lost(
    opened, token, chain, acting, caseworker
):
    proposal = proposal_in(opened.get(f"/d/{token}/another-time"))
    with acting(caseworker):
        book(register(caseworker), caseworker, first=SECOND, last=SECOND)
        book(register(caseworker), caseworker, first=THIRD, last=THIRD)
    page = opened.post(f"/d/{token}/another-time", {"why": "ill", "text": "Feber", "day": proposal})
    assert page.status_code == 409
    content = page.content.decode()
    assert "That day cannot be had any more." in content
    assert "Feber" in content
    assert 'value="ill" checked' in content
    with acting(caseworker):
        chain.refresh_from_db()
        assert (chain.site_day.date, chain.version) == (FIRST, 1)
    assert answers(acting, caseworker) == []


def test_where_the_rules_let_nobody_choose_the_caseworker_gets_a_task(opened, token, acting, caseworker):
    Threshold.objects.create(
        code=ThresholdCode.OWN_CHOICE, value=0, valid_from=date(2026, 1, 1), set_by=UserFactory()
    )
    page = opened.get(f"/d/{token}/another-time")
    assert 'name="day"' not in page.content.decode()
    page = opened.post(f"/d/{token}/another-time", {"why": "work"}, follow=True)
    assert "Your time holds until we have found another." in page.content.decode()
    assert answers(acting, caseworker) == [("another_time", "work", False)]


def test_no_day_fits_is_a_wish_too(opened, token, acting, caseworker):
    opened.post(f"/d/{token}/another-time", {"why": "other", "day": "call"})
    assert answers(acting, caseworker) == [("another_time", "other", False)]


def test_a_forged_proposal_moves_nothing(opened, token, chain, acting, caseworker):
    assert opened.post(f"/d/{token}/another-time", {"day": "forged"}).status_code in (409, 422)
    assert answers(acting, caseworker) == []


@pytest.mark.parametrize("page", ["another-time", "call-me"])
def test_another_language_keeps_what_was_typed(opened, token, page):
    typed = {"switch": "ti", "text": "Feber & hosta", "why": "ill", "number": "070-174 06 09"}
    content = opened.post(f"/d/{token}/{page}", typed).content.decode()
    assert 'lang="ti"' in content
    assert "Feber &amp; hosta" in content


def test_a_call_is_asked_for_and_taken_back(opened, token, acting, caseworker):
    form = {"spoken": "ara", "period": "afternoon", "number": "070-174 06 09"}
    page = opened.post(f"/d/{token}/call-me", form, follow=True)
    assert "You said: in the afternoon." in page.content.decode()
    with acting(caseworker):
        wish = SummonsAnswer.objects.get(kind="help")
        assert (wish.call_language, wish.call_number) == ("ara", "+46701740609")
    opened.post(f"/d/{token}/call-me", {"back": "1"})
    assert answers(acting, caseworker) == []


def test_whoever_is_interpreted_in_a_language_without_pages_is_called_in_it(
    opened, token, chain, acting, caseworker
):
    assert "Kurdish" not in opened.get(f"/d/{token}/call-me").text
    with acting(caseworker):
        Party.objects.filter(pk=chain.party_id).update(interpreter_language="kmr")
    page = opened.get(f"/d/{token}/call-me").text
    assert re.search(r'value="kmr" checked>\s*<span>Northern Kurdish</span>', page)
    assert page.count(" checked") == 2, "the language and the time of the day"
    opened.post(f"/d/{token}/call-me", {"spoken": "kmr", "period": "morning"})
    assert "Northern Kurdish · morning" in words_of(browser_of(caseworker).get("/todo/"))


def test_a_language_that_is_none_is_refused_in_words(opened, token, acting, caseworker):
    for none in ("ar\x00", "<b>", "x" * 500):
        page = opened.post(f"/d/{token}/call-me", {"spoken": none})
        assert (page.status_code, "Choose one of the languages." in page.text) == (422, True)
    assert answers(acting, caseworker) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_is_none_is_said_in_the_own_language(opened, token, language):
    form = {"number": "0701740ABC", "language": language}
    page = opened.post(f"/d/{token}/call-me", form)
    assert page.status_code == 422
    assert "0701740ABC" in page.content.decode()
    assert language == "en" or "That is not a telephone number" not in page.content.decode()


@pytest.fixture
def nowhere(chain, acting, caseworker) -> Chain:
    """No telephone of the family is known."""
    with acting(caseworker):
        Party.objects.filter(pk=chain.party_id).update(phone="")
    return chain


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_number_is_known_one_is_asked_for_beside_its_field(
    opened, token, nowhere, language, acting, caseworker
):
    form = {"spoken": "tir", "period": "afternoon", "text": "Skola & buss", "language": language}
    page = opened.post(f"/d/{token}/call-me", form)
    assert page.status_code == 422
    assert re.search(r'id="wrong-number" role="alert">[^<]{20,}</p>\s*<input id="number"', page.text)
    assert 'aria-invalid="true" aria-describedby="wrong-number"' in page.text
    assert "Skola &amp; buss" in page.text
    assert re.search(r'value="tir" checked', page.text)
    assert re.search(r'value="afternoon" checked', page.text)
    assert language == "en" or ASKED not in page.text
    assert language == "en" or "We have no telephone number" not in page.text
    assert answers(acting, caseworker) == []
    page = opened.post(f"/d/{token}/call-me", form | {"number": "070-174 06 09"})
    assert page.status_code == 302
    assert answers(acting, caseworker) == [("help", "", False)]


def test_an_adults_own_number_is_enough_and_another_adults_is_none(
    opened, token, nowhere, acting, caseworker
):
    with acting(caseworker):
        one, other = (link.newcomer for link in nowhere.links.order_by("pk"))
        own = OwnContactFactory(newcomer=other, phone="+46701740611")
    assert ASKED in opened.get(f"/d/{token}/call-me").text
    assert opened.post(f"/d/{token}/call-me", {"spoken": "ara"}).status_code == 422
    with acting(caseworker):
        own.delete()
        OwnContactFactory(newcomer=one, phone="", email="a@example.org")
    assert opened.post(f"/d/{token}/call-me", {"spoken": "ara"}).status_code == 422
    with acting(caseworker):
        one.own_contact.phone = "+46701740611"
        one.own_contact.save()
    page = opened.get(f"/d/{token}/call-me").text
    assert ASKED not in page
    assert "0701740611" not in page.replace(" ", "").replace("-", "")
    assert opened.post(f"/d/{token}/call-me", {"spoken": "ara"}).status_code == 302


def test_of_a_protected_identity_no_number_is_asked_for(opened, chain, acting, caseworker):
    with acting(caseworker):
        protect_party(party=chain.party, reason="Hot mot familjen", by=caseworker, at=timezone.now())
        token = token_of(chain.links.order_by("pk")[0])
    opened.post(f"/d/{token}", {"language": "en"})
    assert ASKED not in opened.get(f"/d/{token}/call-me").text
    assert opened.post(f"/d/{token}/call-me", {"spoken": "ara"}).status_code == 302
    page = browser_of(caseworker).get("/todo/").text
    assert f'href="/parties/{chain.party.reference}/identity/"' in page


def test_a_call_that_was_asked_for_by_mail_without_a_number_is_heard_when_there_is_one(
    opened, token, nowhere, acting, caseworker
):
    with acting(caseworker):
        link = nowhere.links.order_by("pk")[0]
    with acting_as(Viewer(link=link.token_hash)):
        give_answer(link=link, answer="help", text="Ring mig", source="email", at=timezone.now())
    assert "No telephone number is known." in words_of(browser_of(caseworker).get("/todo/"))
    page = opened.get(f"/d/{token}/call-me").text
    assert ASKED in page
    assert "We call you" not in page
    page = opened.post(f"/d/{token}/call-me", {"number": "070-174 06 09"}, follow=True)
    assert "We call you" in page.text
    assert answers(acting, caseworker) == [("help", "", False)]


def test_after_a_cancellation_an_answer_says_so(opened, token, chain, acting, caseworker):
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjukdom", by=caseworker, at=timezone.now())
    for page, form in (("answer", {"answer": "yes"}), ("another-time", {}), ("call-me", {})):
        answer = opened.post(f"/d/{token}/{page}", form)
        assert "cancelled" in answer.content.decode()
    assert answers(acting, caseworker) == []


def test_after_the_day_nothing_is_asked_any_more(opened, token, clock):
    clock.move_to(timezone.now() + timedelta(days=40))
    assert "Can you come?" not in opened.post(f"/d/{token}", {"language": "en"}, follow=True).content.decode()


def test_after_the_day_somebody_may_still_ask_to_be_called(opened, token, chain, acting, caseworker, clock):
    clock.move_to(chain.site_day.closes_at + timedelta(hours=3))
    opened.post(f"/d/{token}", {"language": "en"})
    assert f"/d/{token}/call-me" in opened.get(f"/d/{token}").text
    page = opened.post(f"/d/{token}/call-me", {"period": "morning"}, follow=True)
    assert "We call you" in page.text
    assert "Your day is as before." not in page.text
    assert answers(acting, caseworker) == [("help", "", False)]


def test_a_cancelled_day_does_not_lead_to_a_form_that_it_has_not(opened, token, chain, acting, caseworker):
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjukdom", by=caseworker, at=timezone.now())
    page = opened.get(f"/d/{token}").text
    assert "Your day is cancelled" in page
    assert "call-me" not in page


def test_of_a_protected_party_neither_calendar_file_nor_reminder_is_spoken_of(
    opened, token, chain, acting, caseworker
):
    opened.post(f"/d/{token}/answer", {"answer": "yes"})
    page = opened.get(f"/d/{token}/answered").text
    assert "Save in your calendar" in page
    assert "We remind you" in page
    with acting(caseworker):
        protect_party(party=chain.party, reason="Hot mot familjen", by=caseworker, at=timezone.now())
        token = token_of(chain.links.order_by("pk")[0])
    opened.post(f"/d/{token}", {"language": "en"})
    opened.post(f"/d/{token}/answer", {"answer": "yes"})
    page = opened.get(f"/d/{token}/answered").text
    assert "We know that you are coming." in page
    assert "Save in your calendar" not in page
    assert "We remind you" not in page
