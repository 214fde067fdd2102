"""A manager writes the tertial report and submits it, staff answer a survey, the secretariat reads: wide and narrow."""

from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.models import Role
from motesplats.followup.surveys.reference import load_published_means
from motesplats.followup.tertial.submit import submit_tertial
from motesplats.models import SteeringDecision, SurveyRound
from tests.factories.agencies import ManagerFactory, SecretariatFactory, SiteDayFactory, UserFactory, the_site
from tests.factories.reporting import LAST_SUMMER, TEXTS, open_round, own_figure, published_figure, write
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.moment import NOW
from tests.signing_in import connect_app

REPORT = "/tertial-reports/norrkoping/2026/2/"
SCREENS = [(1280, "sv"), (360, "sv"), (360, "en")]
MAY = date(2026, 5, 1)


@pytest.fixture
def figures(transactional_db, fresh_cache):
    """Norrköping's month, and the country's."""
    with time_machine.travel(NOW, tick=True):
        site = the_site()
        own_figure(site, MAY, "participants", 171)
        own_figure(site, MAY, "parties", 84)
        own_figure(site, MAY, "no_show_share", 7, over=91)
        own_figure(site, MAY, "referrals", 24)
        own_figure(site, MAY, "days", 17)
        own_figure(site, MAY, "interpreting", 44, over=13)
        for code, amount in (("norrkoping", 171), ("malmo", 190), ("orebro", 88)):
            published_figure(the_site(code), MAY, "participants", amount)
            published_figure(the_site(code), MAY, "referrals", amount / 9)
        published_figure(site, MAY, "no_show_share", None)
        yield


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_a_manager_writes_and_submits(figures, acting, walk_alone, width, language, tmp_path):
    manager = connect_app(ManagerFactory(username="karin", first_name="Karin", last_name="Öst"))
    with acting(manager):
        write(the_site(), manager, texts=TEXTS | {"staffing": ""})
    SiteDayFactory(date=date(2026, 11, 20))
    with walk_alone(width, language) as page:
        page.goto("/tertial-reports/")
        sign_in(page)
        is_whole(page)
        page.screenshot(path=tmp_path / "list.png", full_page=True)
        page.goto(REPORT)
        expect(page.locator(".quest")).to_have_count(6)
        is_whole(page)
        page.screenshot(path=tmp_path / "report.png", full_page=True)
        page.locator("#id_staffing").fill("Passen räckte.")
        page.locator("[name=do][value=submit]").click()
        is_whole(page)
        page.screenshot(path=tmp_path / "submit.png", full_page=True)
        page.locator("main .btn.main").click()
        expect(page.locator(".note.good")).to_be_visible()
        is_whole(page)
        page.goto(f"{REPORT}correct/")
        page.locator("#id_staffing").fill("Ett pass saknades.")
        page.locator("#id_why").fill("Fel månad")
        is_whole(page)
        page.locator("main .btn.main").click()
        expect(page.locator("#h-corrections")).to_be_visible()
        is_whole(page)
        page.screenshot(path=tmp_path / "corrected.png", full_page=True)


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_the_secretariat_reads_reports_surveys_and_decisions(
    figures, acting, walk_alone, width, language, tmp_path
):
    secretariat = connect_app(UserFactory(agency=None, role=Role.SECRETARIAT, username="karin"))
    manager = ManagerFactory()
    with acting(manager):
        write(the_site(), manager)
        submit_tertial(site=the_site(), period=LAST_SUMMER, seen=1, by=manager, at=NOW)
    with acting(secretariat):
        values = {"owner": "Kansliet", "decided_on": MAY, "saved_by": secretariat, "saved_at": NOW}
        SteeringDecision.objects.create(what="En gemensam mall för dagsrapporten", due=MAY, **values)
        SteeringDecision.objects.create(what="Tolkar bokas för hela dagen", done_on=MAY, **values)
    load_published_means()
    published = SurveyRound.objects.earliest("pk").pk
    with walk_alone(width, language) as page:
        page.goto("/tertial-reports/")
        sign_in(page)
        addresses = {
            "list": "/tertial-reports/",
            "report": REPORT,
            "codes": "/tertial-codes/",
            "code": "/tertial-codes/H1/",
            "surveys": "/surveys/",
            "start": "/surveys/new/",
            "results": f"/surveys/{published}/results/",
            "faces": "/surveys/faces/",
            "decisions": "/steering-decisions/",
            "decision": "/steering-decisions/new/",
            "visits": "/site-visits/",
            "visit": "/site-visits/new/",
        }
        for name, address in addresses.items():
            page.goto(address)
            is_whole(page)
            page.screenshot(path=tmp_path / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_a_caseworker_answers_the_staffs_survey(figures, walk_alone, width, language, tmp_path):
    connect_app(UserFactory(username="karin"))
    with time_machine.travel(NOW, tick=True):
        one = open_round(SecretariatFactory(), site=the_site())
    with walk_alone(width, language) as page:
        page.goto(f"/surveys/{one.pk}/")
        sign_in(page)
        is_whole(page)
        page.screenshot(path=tmp_path / "answer.png", full_page=True)
        page.locator("[name=q1][value='7']").check()
        page.locator("[name=q4][value='2']").check()
        page.locator("main .btn.main").click()
        expect(page.locator(".note.good")).to_be_visible()
        page.goto(f"/surveys/{one.pk}/")
        is_whole(page)
