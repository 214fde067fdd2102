"""Staff answer once and without a name; papers are typed as many as there are; single answers are read by nobody."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from motesplats.followup.surveys.answer import GradesRefused, NotAskedHere, RoundAnswered, RoundNotOpen
from motesplats.models import RoundAnswer, RoundMarker
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.factories.reporting import answer, open_round
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def everywhere(db):
    return open_round(SecretariatFactory())


def test_each_answers_once(acting, everywhere):
    karin = UserFactory()
    with acting(karin):
        answer(everywhere, karin, {1: 7, 4: 1})
        with pytest.raises(RoundAnswered):
            answer(everywhere, karin, {1: 1})
        assert RoundMarker.objects.count() == 1


def test_an_answer_holds_no_name_day_or_hour():
    named = {field.name for field in RoundAnswer._meta.get_fields()}
    assert named == {"key", "reply", "round", "question", "grade"}
    assert [field.name for field in RoundMarker._meta.get_fields()] == ["digest"]


def test_nobody_reads_a_single_answer(acting, everywhere):
    karin, secretariat = UserFactory(), SecretariatFactory()
    with acting(karin):
        answer(everywhere, karin, {1: 7})
        assert not RoundAnswer.objects.exists()
    with acting(secretariat):
        assert not RoundAnswer.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM round_results(%s)", [[everywhere.pk]])
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("grades", [{1: 8}, {1: 0}, {1: -1}, {9: 4}, {}])
def test_a_grade_off_the_scale_and_an_empty_answer_leave_nothing(acting, everywhere, grades):
    karin = UserFactory()
    with acting(karin):
        with pytest.raises(GradesRefused):
            answer(everywhere, karin, grades)
        assert not RoundMarker.objects.exists()


def test_after_the_last_day_nobody_answers(acting, clock, everywhere):
    clock.move_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
    karin = UserFactory()
    with acting(karin), pytest.raises(RoundNotOpen):
        answer(everywhere, karin, {1: 7})


def test_a_sites_round_asks_the_sites_staff(acting, norrkoping):
    at_site = open_round(SecretariatFactory(), site=norrkoping)
    for user in (UserFactory(sites=[the_site("malmo")]), SecretariatFactory()):
        with acting(user), pytest.raises(NotAskedHere):
            answer(at_site, user, {1: 7})
    karin = UserFactory()
    with acting(karin):
        answer(at_site, karin, {1: 7})


def test_papers_are_typed_by_whoever_leads_the_site(acting, norrkoping):
    papers = open_round(CoordinatorFactory(), site=norrkoping, instrument="liva", phase="before")
    karin, coordinator = UserFactory(), CoordinatorFactory()
    with acting(karin), pytest.raises(NotAskedHere):
        answer(papers, karin, {1: 2})
    with acting(coordinator):
        answer(papers, coordinator, {1: 2})
        answer(papers, coordinator, {1: 3})
        assert not RoundMarker.objects.exists()


def test_the_page_asks_thanks_and_asks_no_more(everywhere):
    browser, address = browser_of(UserFactory()), f"/surveys/{everywhere.pk}/"
    assert "Personalens enkät · everywhere" in words_of(browser.get("/surveys/"))
    assert browser.post(address, {"q1": "8"}).status_code == 422
    assert "A grade is 1 to 7." in words_of(browser.post(address, {"q1": "8"}))
    assert "Answer one question at least." in words_of(browser.post(address, {}))
    assert "without your name" in words_of(browser.post(address, {"q1": "7"}, follow=True))
    assert "You have answered. Thank you." in words_of(browser.get(address))
    assert browser.post(address, {"q1": "7"}).status_code == 409


def test_a_round_of_another_site_is_not_found(norrkoping):
    at_site = open_round(SecretariatFactory(), site=norrkoping)
    assert (
        browser_of(UserFactory(sites=[the_site("malmo")])).get(f"/surveys/{at_site.pk}/").status_code == 404
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_of_one_person_at_once_one_is_kept(everywhere):
    karin = UserFactory()
    with Together(2) as together:
        answers = together.do(*[acting_for(karin, lambda: answer(everywhere, karin, {1: 7}))] * 2)
    assert sorted(map(str, answers)) == ["None", "already-answered"]
