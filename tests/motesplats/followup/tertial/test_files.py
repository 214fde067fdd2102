"""A tertial report as CSV and on paper."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser import browser_of, csv_rows
from tests.factories.agencies import ManagerFactory
from tests.factories.reporting import TEXTS, own_figure, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
REPORT = "/tertial-reports/norrkoping/2026/2/report"


@pytest.fixture
def browser(acting, norrkoping):
    manager = ManagerFactory()
    own_figure(norrkoping, date(2026, 5, 1), "participants", 171)
    own_figure(norrkoping, date(2026, 5, 1), "referrals", 24)
    with acting(manager):
        write(norrkoping, manager, texts=TEXTS | {"staffing": "=SUM(A1)\n<b>Två</b> pass"})
    return browser_of(manager)


def test_the_file_says_what_the_page_says(browser):
    rows = csv_rows(browser.get(f"{REPORT}.csv"))
    assert ["Norrköping", "2026-T2", "", "participants", "171", "", "", ""] in rows
    assert ["Norrköping", "2026-T2", "Referrals", "referred onwards", "24", "", "", ""] in rows
    texts = {row[2]: row[4] for row in rows if row[3].endswith("?")}
    assert texts["Coordination between the agencies"] == TEXTS["coordination"]
    assert texts["Staffing"].startswith("'=SUM")
    assert ["Norrköping", "2026-T2", "obstacle", "H1", "olika it-stöd", "", "", ""] in rows


def test_the_paper_says_it_too(browser):
    answer = browser.get(f"{REPORT}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split()
    )
    assert "Tertial report 2, Norrköping" in text
    assert "Not submitted: a working copy." in text
    assert TEXTS["coordination"] in text
    assert "<b>Två</b> pass" in text
    assert "171" in text
