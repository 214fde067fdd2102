"""Results are told of six or more, once the round has closed; the published means stand as they were printed."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from motesplats.followup.surveys.reference import load_instruments, load_published_means
from motesplats.followup.surveys.results import results_beside
from motesplats.models import ImportedMean, Instrument, SurveyRound
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.factories.reporting import answer, open_round

pytestmark = pytest.mark.django_db
GRADES = (7, 6, 7, 5, 6, 5)
CLOSED = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def answered(acting, norrkoping):
    """So many members of staff have answered the site's round: how it is, and how much waiting."""

    def answered(number: int, *, skipped: int = 0) -> SurveyRound:
        one = open_round(SecretariatFactory(), site=norrkoping)
        for n, grade in enumerate(GRADES[:number]):
            karin = UserFactory()
            with acting(karin):
                answer(one, karin, {1: grade} | ({4: 8 - grade} if n >= skipped else {}))
        return one

    return answered


def results(acting, one, reader=None):
    with acting(reader or CoordinatorFactory()):
        return results_beside(one, today=timezone.localdate())


def test_mean_spread_and_who_did_not_answer_are_told(acting, answered, clock):
    one = answered(6)
    clock.move_to(CLOSED)
    found = results(acting, one)
    assert (found.columns[0].answered, found.columns[0].missing, found.columns[0].missing_share) == (6, 4, 40)
    rows = {question.number: cells[0] for question, cells in found.rows}
    assert rows[1]
    assert rows[4]
    assert (rows[1].people, rows[1].mean, f"{rows[1].spread:.2f}") == (6, 6, "0.89")
    assert (rows[4].mean, rows[4].good) == (2, 6)
    assert rows[2] is None


def test_while_it_is_open_nothing_is_told(acting, answered):
    found = results(acting, answered(6))
    assert found.columns[0].is_open
    assert (found.columns[0].answered, [cells for _question, cells in found.rows]) == (None, [[None]] * 5)


def test_five_are_not_told_nor_a_question_that_five_answered(acting, answered, clock):
    few, six = answered(5), answered(6, skipped=1)
    clock.move_to(CLOSED)
    found = results(acting, few)
    assert [column.answered for column in found.columns] == [None, 6]
    rows = {question.number: cells for question, cells in found.rows}
    assert [bool(cell) for cell in rows[1]] == [False, True]
    assert [bool(cell) for cell in rows[4]] == [False, False]
    words = words_of(browser_of(CoordinatorFactory()).get(f"/surveys/{few.pk}/results/"))
    assert "< 6" in words
    assert six.pk


def test_each_reads_the_own_sites_results(acting, answered, clock):
    one = answered(6)
    clock.move_to(CLOSED)
    for reader in (ManagerFactory(), SecretariatFactory()):
        assert results(acting, one, reader).columns[0].answered == 6
    elsewhere = CoordinatorFactory(sites=[the_site("malmo")])
    assert results(acting, one, elsewhere).columns[0].answered is None
    assert browser_of(elsewhere).get(f"/surveys/{one.pk}/results/").status_code == 404
    assert browser_of(UserFactory()).get(f"/surveys/{one.pk}/results/").status_code == 403


def test_the_published_means_stand_as_they_were_printed_and_health_is_turned(acting):
    load_published_means()
    load_published_means()
    load_instruments()
    assert (SurveyRound.objects.count(), ImportedMean.objects.count()) == (2, 10)
    secretariat = SecretariatFactory()
    one = SurveyRound.objects.earliest("opens_on")
    found = results(acting, one, secretariat)
    assert [(column.answered, column.missing) for column in found.columns] == [(9, 5), (8, 6)]
    health = [(float(cell.mean), float(cell.good)) for cell in found.rows[0][1] if cell]
    assert health == [(3.9, 4.1), (3.9, 4.1)]
    housing, friends, everyday, school = [
        [float(cell.good) for cell in cells if cell] for _question, cells in found.rows[1:]
    ]
    assert (housing, friends, everyday, school) == ([4.0, 4.8], [4.8, 6.0], [4.7, 4.4], [5.4, 5.5])
    words = words_of(browser_of(secretariat).get(f"/surveys/{one.pk}/results/"))
    assert "imported, not person-based" in words
    assert "1 is good here" in words


def test_the_file_says_the_same(fresh_cache):
    load_published_means()
    one = SurveyRound.objects.earliest("opens_on")
    rows = csv_rows(browser_of(SecretariatFactory()).get(f"/surveys/{one.pk}/results.csv"))
    assert rows[1][:3] == ["LivA Östersund", "before", "2018-02-01"]
    assert rows[1][6:] == ["9", "4,1", "3,9", "", "14", "5", "imported"]


def test_a_longer_list_takes_no_more_queries(answered, django_assert_num_queries, clock):
    answered(6)
    secretariat = browser_of(SecretariatFactory())
    secretariat.get("/surveys/")
    with django_assert_num_queries(13) as first:
        secretariat.get("/surveys/")
    answered(6)
    answered(1)
    with django_assert_num_queries(len(first)):
        secretariat.get("/surveys/")
    assert Instrument.objects.count() == 2
