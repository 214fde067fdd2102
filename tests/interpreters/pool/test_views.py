"""The pool of interpreters: found, added and changed by whoever keeps it."""

import pytest

from interpreters.models import Interpreter
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_site
from tests.factories.interpreters import InterpreterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(db):
    return browser_of(CoordinatorFactory())


def typed(**changes):
    sites = [the_site().pk]
    return {
        "name": "Senait Woldu",
        "phone": "070-174 06 05",
        "language1": "Tigrinya",
        "level1": "AT",
        "language2": "amh",
        "sites": sites,
    } | changes


def test_an_interpreter_is_added_with_languages_and_levels(browser):
    answer = browser.post("/new-interpreter/", typed(), follow=True)
    assert "Senait Woldu" in words_of(answer)
    one = Interpreter.objects.get()
    assert one.phone == "+46701740605"
    assert dict(one.masteries.values_list("language", "level")) == {"tir": "AT", "amh": "ÖT"}
    assert one.resource.reference.startswith("T-")


def test_a_dialect_stands_beside_its_language(browser):
    browser.post("/new-interpreter/", typed(dialect1="Asmara"))
    one = Interpreter.objects.get()
    assert dict(one.masteries.values_list("language", "dialect")) == {"tir": "Asmara", "amh": ""}
    assert "Asmara" in words_of(browser.get("/interpreters/"))
    assert 'value="Asmara"' in browser.get(f"/interpreters/{one.resource.reference}/").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"language1": "Nonsense", "language2": ""}, "There is no language"),
        ({"language1": "", "language2": ""}, "Write at least one language."),
        ({"name": ""}, "This field is required."),
        ({"sites": []}, "This field is required."),
        ({"phone": "hello"}, "number"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(browser, changes, said):
    answer = browser.post("/new-interpreter/", typed(**changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert not Interpreter.objects.exists()


def test_an_interpreter_is_changed_and_sites_elsewhere_stay(browser):
    one = InterpreterFactory(sites=[the_site(), the_site("malmo")])
    address = f"/interpreters/{one.resource.reference}/"
    assert "Tolk" in browser.get(address).text
    assert browser.post(address, typed()).status_code == 302
    one.refresh_from_db()
    assert one.name == "Senait Woldu"
    assert set(one.sites.values_list("code", flat=True)) == {"norrkoping", "malmo"}


def test_the_pool_is_found_by_name_and_by_language(browser):
    InterpreterFactory(name="Amal", language="ar")
    InterpreterFactory(name="Faduma", language="so")
    InterpreterFactory(name="Elsewhere", sites=[the_site("malmo")])

    def names(typed):
        page = words_of(browser.get(f"/interpreters/?q={typed}"))
        return [name for name in ("Amal", "Faduma", "Elsewhere") if name in page]

    assert names("") == ["Amal", "Faduma"]
    assert names("amal") == ["Amal"]
    assert names("somali") == ["Faduma"]
    assert names("nobody") == []


def test_caseworkers_do_not_keep_the_pool_and_nobody_one_of_another_site():
    assert browser_of(UserFactory()).get("/interpreters/").status_code == 403
    one = InterpreterFactory(sites=[the_site("malmo")])
    address = f"/interpreters/{one.resource.reference}/"
    assert browser_of(ManagerFactory()).get(address).status_code == 404


def test_the_list_costs_the_same_queries_for_more(browser, django_assert_num_queries):
    for number in (1, 3):
        for _ in range(number):
            InterpreterFactory()
        with django_assert_num_queries(18):
            browser.get("/interpreters/")
