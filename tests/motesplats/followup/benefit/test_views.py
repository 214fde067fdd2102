"""The pages of the calculator: an address is a calculation, nothing typed is lost, the secretariat saves."""

from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from agencies.secrecy.context import Viewer, acting_as
from motesplats.models import Calculation
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/followup/benefit/"
PAGE = "/followup/benefit/calculation/"
COMPARE = "/followup/benefit/compare/"
BACKWARDS = {
    "cost0_kind": "other",
    "cost0_price": "2 200 000",
    "indirect_tax_factor": "1,25",
    "payback_years": "3",
    "yearly_value_per_person": "600\u00a0000",
}
QUERIES = 12
GROUP = '<details class="group"'


@pytest.fixture
def page(db) -> Client:
    return browser_of(SecretariatFactory())


def save(page: Client, **typed: str) -> str:
    """The address of the saved calculation."""
    answer = page.post(PAGE, BACKWARDS | {"title": "Ours", "save": "1"} | typed)
    assert answer.status_code == 302
    return answer.headers["Location"]


def kept() -> list[Calculation]:
    with acting_as(Viewer(role="secretariat")):
        return list(Calculation.objects.all())


def test_the_address_of_the_preset_shows_what_the_report_reckoned_and_what_it_printed(page):
    answer = page.get(PAGE, {"of": "liva"})
    assert answer.status_code == 200
    words = words_of(answer)
    assert "2,75 mn kr" in words
    assert "1,53 of 14" in words
    assert "Society 2,75 mn kr 600 000 kr 4,58 1,53 0,92 11 %" in words
    assert "Society, the report says 5 just over 1.5 – 11 %" in words
    assert "The municipality 1,20 mn kr 175 000 kr 6,86 2,29 1,37 16 %" in words
    assert "The municipality, the report says 12 2.5 – 17 %" in words
    assert "do not follow from its own numbers" in words


def test_what_is_open_says_so_and_the_state_is_a_subtotal(page):
    words = words_of(page.get(PAGE, {"of": "liva"}))
    assert "The municipality −1 200 open +1 050 0 −150 LivA report p. 22" in words
    assert "The region 0 open open open open –" in words
    assert "The state in all, subtotal 0 open open open open not added again" in words
    assert "Society −1 750 −1 000 0 +3 600 +850" in words
    assert "Money moved between the parties cannot be checked while some of it is open." in words


def test_what_the_model_leaves_out_stands_under_each_result(page):
    words = words_of(page.get(PAGE, {"of": "liva"}))
    assert words.count("Not reckoned in:") == 3
    assert "the about 90 persons whom the effort spread to" in words


def test_what_was_published_is_reckoned_again(page):
    words = words_of(page.get(LIST))
    assert "(1.2 + 1.0) × 1.25 million 2,75 mn kr" in words
    assert "0,92 mn kr ÷ 600 000 1,53 full-time jobs just over 1.5" in words
    assert "600 000 + 3 × 130 000 0,99 mn kr a year, enough" in words
    assert "120 000 ÷ 600 000 20 % in twelve months" in words
    assert "1 000 × 27 000 kr 27,00 mn kr" in words


def test_a_thousand_cases_are_27_million_and_nothing_else_is_known_of_them(page):
    words = words_of(page.get(PAGE, {"of": "first-1000"}))
    assert "Value of all cases 27,00 mn kr 1 000 cases × 27 000 kr" in words
    assert "So many must reach work" not in words


def test_what_was_typed_becomes_an_address_that_anybody_of_the_three_roles_can_open(page):
    answer = page.post(PAGE, BACKWARDS)
    assert answer.status_code == 302
    assert "cost0_price=2200000&" in answer.url
    for reader in (page, browser_of(CoordinatorFactory()), browser_of(ManagerFactory())):
        shown = reader.get(answer.url)
        assert "1,53" in words_of(shown)
        assert 'value="2 200 000"' in shown.text
        assert 'value="1,25"' in shown.text
    assert not kept()


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("cost0_price", "-5", "At least 0."),
        ("cost0_price", "", "Write what it costs."),
        ("cost0_kind", "", "Say what it is."),
        ("cost0_price", "99 999 999 999 999", "At most 100 000 000 000."),
        ("cost0_price", "1e999", "Write a number"),
        ("cost0_price", "NaN", "Write a number"),
        ("cost0_price", "much", "Write a number"),
        ("cost0_price", "1,005", "At most 2 decimals."),
        ("payback_years", "40", "At most 10."),
        ("payback_years", "0", "At least 0,1."),
        ("indirect_tax_factor", "0", "At least 1."),
        ("yearly_value_per_person", "0", "At least 1."),
        ("participants", "2,5", "Write a whole number."),
        ("fk_real", "∞", "Write a number"),
        ("in_work_source", "a\u202eb", "hidden characters"),
        ("title", "x" * 81, "at most 80"),
        ("beyond", "a\u2066b", "hidden characters"),
    ],
)
@pytest.mark.parametrize("way", ["get", "post"])
def test_what_makes_no_sense_is_said_beside_it_and_the_form_comes_back_filled(page, way, name, typed, says):
    answer = getattr(page, way)(PAGE, BACKWARDS | {"region_source": "our own", name: typed})
    assert answer.status_code == 400
    assert f'id="id_{name}_error"' in answer.text
    assert says in words_of(answer)
    assert "our own" in answer.text
    assert 'value="600 000"' in answer.text or name == "yearly_value_per_person"
    assert not kept()


def test_more_in_work_than_take_part_is_said_beside_it(page):
    answer = page.post(PAGE, BACKWARDS | {"participants": "3", "in_work": "4"})
    assert answer.status_code == 400
    assert "That is more than take part." in words_of(answer)


def test_an_empty_form_says_that_there_is_nothing_to_calculate(page):
    assert page.get(PAGE).status_code == 200
    answer = page.post(PAGE, {})
    assert (answer.status_code, "There is nothing to calculate" in words_of(answer)) == (400, True)


def test_an_address_that_would_be_cut_is_refused_and_can_be_saved_instead(page):
    long = {f"cost{n}_{part}": value for n in range(12) for part, value in COST.items()}
    answer = page.post(PAGE, BACKWARDS | long)
    assert answer.status_code == 400
    assert "too long for an address" in words_of(answer)
    assert page.get(save(page, **long)).status_code == 200


COST = {"kind": "staff", "price": "400", "number": "3", "source": "ö" * 120, "dated": "2026"}


def test_the_secretariat_saves_and_the_saved_one_stays_as_it_is(page):
    address = save(page, preset="liva", cost1_kind="free", cost1_price="1000", beyond="the weather")
    (one,) = kept()
    assert address == reverse("followup:benefit-saved", args=[one.reference])
    assert one.assumptions["cost0_price"] == "2200000"
    assert "title" not in one.assumptions
    words = words_of(page.get(address))
    assert f"{one.reference} · saved" in words
    assert "the weather" in words
    assert "Ours" in words_of(page.get(LIST))
    assert "Ours" in words_of(browser_of(CoordinatorFactory()).get(address))


@pytest.mark.parametrize("title", ["", "  "])
def test_without_a_name_nothing_is_saved_and_nothing_lost(page, title):
    answer = page.post(PAGE, BACKWARDS | {"title": title, "save": "1"})
    assert 'id="id_title_error"' in answer.text
    assert 'value="2 200 000"' in answer.text
    assert not kept()


def test_only_the_secretariat_saves():
    for factory in (CoordinatorFactory, ManagerFactory):
        browser = browser_of(factory())
        assert browser.post(PAGE, BACKWARDS | {"title": "Ours", "save": "1"}).status_code == 403
        assert "Save by this name" not in words_of(browser.get(PAGE))
    for factory in (UserFactory, HostFactory):
        browser = browser_of(factory())
        assert {browser.get(address).status_code for address in (LIST, PAGE, COMPARE)} == {403}


def test_chosen_ones_stand_beside_each_other_in_their_order(page):
    reference = save(page).split("/")[-2]
    words = words_of(page.get(COMPARE, {"c": ["liva", reference]}))
    assert "Figure LivA Östersund Ours" in words
    assert "Persons who must reach work 1,53 1,53" in words
    assert "Participants 14 open" in words
    assert page.get(COMPARE).url == LIST
    assert page.get(COMPARE, {"c": "CFD-K7R"}).status_code == 404


@pytest.mark.parametrize("asked", [{"of": "nothing"}, {"of": "CFD-K7R"}])
def test_what_is_not_there_is_not_found(page, asked):
    assert page.get(PAGE, asked).status_code == 404
    assert page.get("/followup/benefit/CFD-K7R/").status_code == 404


def test_the_files_hold_what_the_page_shows(page):
    rows = csv_rows(page.get("/followup/benefit/calculation.csv", {"of": "liva"}))
    assert ["Free hours and rooms", "open", "1000000", "kr"] in [row[:4] for row in rows]
    assert ["Society", "2,75 mn kr", "600\u00a0000 kr", "4,58", "1,53", "0,92", "11 %"] in rows
    assert ["The municipality", "-1200", "open", "1050", "0", "-150"] in [row[:6] for row in rows]
    assert ["", "the about 90 persons whom the effort spread to"] in rows
    book = load_workbook(BytesIO(page.get("/followup/benefit/calculation.xlsx", {"of": "liva"}).content))
    cells = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert ["Society", 2.75, 600_000, 4.58, 1.53, 0.92, 11] in [row[:7] for row in cells]
    assert ["Profitability", 0.85] in [row[:2] for row in cells]
    formats = {
        cell.value: cell.number_format.partition(";")[0]
        for row in book.worksheets[0].iter_rows()
        for cell in row
    }
    assert (formats[2.75], formats[0.85]) == ('#,##0.00" mn kr"', '+#,##0.00" mn kr"')


def test_the_comparison_is_a_file_too(page):
    answer = page.get("/followup/benefit/compare.csv", {"c": ["liva", "first-1000"]})
    assert csv_rows(answer)[1] == ["Figure", "LivA Östersund", "Mötesplatser, the first 1 000"]
    assert ["Participants", "14", "open"] in csv_rows(answer)
    assert page.get("/followup/benefit/compare.xlsx", {"c": "liva"}).status_code == 200


@pytest.mark.parametrize("code", ["%00", "x" * 3000, "AAA-AAA", "aaa-aaa"])
@pytest.mark.parametrize("address", ["compare/?c=", "compare.csv?c=liva&c=", "calculation/?of="])
def test_what_is_no_calculation_is_not_found(page, address, code):
    assert page.get(f"/followup/benefit/{address}{code}").status_code == 404


def test_a_file_of_assumptions_without_sense_is_the_page_that_says_so(page):
    answer = page.get("/followup/benefit/calculation.csv", BACKWARDS | {"payback_years": "40"})
    assert (answer.status_code, "At most 10." in words_of(answer)) == (400, True)


def test_one_and_three_saved_ones_cost_the_same(page, django_assert_num_queries):
    for number in (1, 2):
        for _ in range(number):
            save(page)
        with django_assert_num_queries(QUERIES):
            page.get(LIST)
        codes = [one.reference for one in kept()]
        with django_assert_num_queries(QUERIES):
            page.get(COMPARE, {"c": codes})


def test_each_group_of_assumptions_is_folded_with_what_it_comes_to(page):
    groups = page.get(f"{PAGE}?of=liva").text.split(GROUP)[1:]
    told = [group.partition("<summary>")[2].partition("</summary>")[0] for group in groups]
    assert [" ".join(unescape(strip_tags(words)).replace("\xa0", " ").split()) for words in told] == [
        "Costs 2,20 mn kr",
        "Value of a year's work 600 000 kr a year · 130 000 kr a year",
        "What a year's work gives each party, kr known of 1 of 7 parties",
        "Frame 14 persons · 3 years",
        "An alternative: if so many work for the whole horizon 2 persons",
        "Measured, and per case open",
    ]
    assert not any(group.startswith(" open") for group in groups)


def test_a_group_with_a_mistake_stands_open(page):
    groups = page.get(f"{PAGE}?participants=x").text.split(GROUP)[1:]
    assert [group.startswith(" open") for group in groups] == [True, False, False, True, False, False]
