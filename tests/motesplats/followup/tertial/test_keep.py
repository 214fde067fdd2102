"""A submitted report keeps its figures, and the goal beside them; what is another today stands beside."""

from datetime import date
from io import BytesIO

import pytest
from django.db import ProgrammingError, transaction
from pypdf import PdfReader

from agencies.secrecy.context import acting_as
from motesplats.followup.goals.set_goal import Target, set_goal
from motesplats.followup.tertial.submit import submit_tertial
from motesplats.followup.viewer import FIGURES
from motesplats.models import PublishedFigure, SiteFigure, TertialFigure
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory
from tests.factories.goals import half_of_the_permits, say
from tests.factories.reporting import LAST_SUMMER, own_figure, published_figure, write
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
REPORT = "/tertial-reports/norrkoping/2026/2/"
MAY = date(2026, 5, 1)


@pytest.fixture
def manager(db):
    return ManagerFactory()


@pytest.fixture
def secretariat(acting, norrkoping):
    """Half of the permits is the goal, and each month of the tertial has 90 of them at the site."""
    user = SecretariatFactory()
    with acting(user):
        half_of_the_permits(user)
        for month in (5, 6, 7, 8):
            say(90, user, month=month, site=norrkoping)
    return user


def submitted(acting, site, manager):
    own_figure(site, MAY, "participants", 171)
    own_figure(site, MAY, "referrals", 4, people=4)
    published_figure(site, MAY, "participants", 168)
    published_figure(site, MAY, "referrals", None)
    with acting(manager):
        write(site, manager)
        return submit_tertial(site=site, period=LAST_SUMMER, seen=1, by=manager, at=NOW)


def correct(site, *, own, published):
    with acting_as(FIGURES):
        SiteFigure.objects.filter(site=site, measure="participants").update(amount=own)
        PublishedFigure.objects.filter(site=site, measure="participants").update(amount=published)


def test_the_goal_and_its_attainment_stand_beside_the_participants(acting, norrkoping, manager, secretariat):
    own_figure(norrkoping, MAY, "participants", 171)
    words = words_of(browser_of(manager).get(REPORT))
    assert "goal: at least 50 % of" in words
    assert "180 persons of the tertial" in words
    assert "attainment 48 %" in words


def test_without_the_sites_number_the_goal_stands_alone(acting, norrkoping, manager):
    user = SecretariatFactory()
    with acting(user):
        half_of_the_permits(user)
    own_figure(norrkoping, MAY, "participants", 171)
    words = words_of(browser_of(manager).get(REPORT))
    assert "the series has no number of the site's tertial" in words
    assert "attainment" not in words


def test_a_goal_in_persons_is_told_as_it_was_decided(acting, norrkoping, manager):
    user = SecretariatFactory()
    with acting(user):
        set_goal(
            site=norrkoping,
            target=Target(persons=540),
            valid_from=date(2026, 1, 1),
            why="Beslut",
            decided_by="Kansliet",
            by=user,
            at=NOW,
        )
    own_figure(norrkoping, MAY, "participants", 171)
    assert "goal: 540 persons" in words_of(browser_of(manager).get(REPORT))


def test_a_later_correction_leaves_the_figures_and_stands_beside(acting, norrkoping, manager, secretariat):
    submitted(acting, norrkoping, manager)
    browser = browser_of(manager)
    words = words_of(browser.get(REPORT))
    assert "The figures stand as they were when the report was submitted." in words
    assert "today" not in words
    correct(norrkoping, own=180, published=180)
    words = words_of(browser.get(REPORT))
    assert "participants 171 today 180" in words.lower()
    assert "attainment 48 % today 50 %" in words
    assert "today's number stands beside" in words


def test_the_file_and_the_paper_say_the_same(acting, norrkoping, manager, secretariat):
    submitted(acting, norrkoping, manager)
    correct(norrkoping, own=180, published=180)
    browser = browser_of(manager)
    rows = csv_rows(browser.get(f"{REPORT}report.csv"))
    assert ["Norrköping", "2026-T2", "", "participants", "171", "180", "", ""] in rows
    assert ["Norrköping", "2026-T2", "", "goal", "180", "", "", ""] in rows
    assert ["Norrköping", "2026-T2", "", "attainment", "48 %", "50 %", "", ""] in rows
    answer = browser.get(f"{REPORT}report.pdf")
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split()
    )
    assert "171 · today 180" in text
    assert "attainment 48 % · today 50 %" in text


def test_the_secretariat_reads_what_was_published_and_never_the_sites_own(
    acting, norrkoping, manager, secretariat
):
    submitted(acting, norrkoping, manager)
    correct(norrkoping, own=999, published=174)
    words = words_of(browser_of(secretariat).get(REPORT)).lower()
    assert "participants 168 today 174" in words
    assert "referred onwards < 6" in words
    assert "171" not in words
    with acting(secretariat):
        assert not TertialFigure.objects.filter(is_published=False).exists()
        assert TertialFigure.objects.filter(is_published=True).exists()


def test_kept_figures_are_never_changed(acting, norrkoping, manager):
    submitted(acting, norrkoping, manager)
    with acting(manager), pytest.raises(ProgrammingError), transaction.atomic():
        TertialFigure.objects.update(value=1)
