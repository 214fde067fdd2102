"""What newcomers answered is told of six or more, by site and month, when no more can answer."""

from datetime import date

import pytest

from agencies.secrecy.context import Viewer, acting_as
from bookings.models import SurveyAnswer
from motesplats.followup.surveys.faces import faces_told, last_month_told
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    SecretariatFactory,
    ThresholdFactory,
    UserFactory,
    the_site,
)
from tests.factories.bookings import ChainFactory, LinkFactory, PartyFactory

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
TODAY = date(2026, 11, 23)


@pytest.fixture
def faces(db, acting):
    """So many answers of a site and month, with these faces for "knew why"."""
    karin = UserFactory()
    with acting(karin):
        link = LinkFactory(chain=ChainFactory(party=PartyFactory(registered_by=karin)))

    def faces(code: str, month: date, *given: int, **more) -> None:
        with acting_as(Viewer(link=link.token_hash)):
            SurveyAnswer.objects.bulk_create(
                SurveyAnswer(site=the_site(code), month=month, language="ar", track=1, purpose=face, **more)
                for face in given
            )

    return faces


def told(acting, reader):
    with acting(reader):
        return {
            (row.site.code, row.month): {
                name: (people, float(mean)) for name, (people, mean) in row.answers.items()
            }
            for row in faces_told(today=TODAY)
        }


@pytest.mark.django_db
def test_six_are_told_and_five_are_not(acting, faces):
    faces("norrkoping", SEPTEMBER, 4, 4, 4, 3, 3, 3)
    faces("malmo", SEPTEMBER, 4, 4, 4, 4, 4)
    found = told(acting, SecretariatFactory())
    assert found == {("norrkoping", SEPTEMBER): {"purpose": (6, 3.5)}}


@pytest.mark.django_db
def test_a_question_that_few_answered_is_not_told(acting, faces):
    faces("norrkoping", SEPTEMBER, 4, 4, 4, 3, 3, 3, in_control=2)
    faces("norrkoping", SEPTEMBER, 1)
    assert told(acting, CoordinatorFactory())["norrkoping", SEPTEMBER].keys() == {"purpose", "in_control"}
    answers = told(acting, CoordinatorFactory())["norrkoping", SEPTEMBER]
    assert (answers["purpose"][0], answers["in_control"]) == (7, (6, 2.0))


@pytest.mark.django_db
def test_a_month_of_which_more_may_answer_is_not_told(acting, faces):
    faces("norrkoping", OCTOBER, *[4] * 12)
    assert told(acting, SecretariatFactory()) == {}
    assert last_month_told(TODAY) == SEPTEMBER
    assert last_month_told(date(2026, 12, 1)) == OCTOBER


@pytest.mark.django_db
def test_the_longer_links_open_the_later_a_month_is_told():
    ThresholdFactory(code="link_days", value=90)
    assert last_month_told(TODAY) == date(2026, 7, 1)


@pytest.mark.django_db
def test_each_reads_the_own_sites(acting, faces):
    faces("norrkoping", SEPTEMBER, *[4] * 6)
    assert told(acting, CoordinatorFactory(sites=[the_site("malmo")])) == {}
    assert told(acting, UserFactory()) == {}
    assert browser_of(UserFactory()).get("/surveys/faces/").status_code == 403


@pytest.mark.django_db
def test_the_page_and_the_file_say_the_same(faces, fresh_cache):
    faces("norrkoping", SEPTEMBER, 4, 4, 4, 3, 3, 3)
    browser = browser_of(SecretariatFactory())
    words = words_of(browser.get("/surveys/faces/"))
    assert "Norrköping 2026-09 3,5 6 answers < 6 < 6 < 6" in words
    assert "Told to and including 2026-09" in words
    rows = csv_rows(browser.get("/surveys/faces.csv"))
    assert rows[1] == ["Norrköping", "2026-09", "knew why", "6", "3,5"]
    assert rows[2][3:] == ["< 6", ""]
