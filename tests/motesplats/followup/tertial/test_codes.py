"""The lists of obstacles and of what helps are the secretariat's, and examples at first."""

import pytest

from agencies.web.roles import NotForYourRole
from motesplats.followup.tertial.codes import TertialCodeRefused, add_code, change_code
from motesplats.followup.tertial.queries import codes_offered
from motesplats.models import TertialCode
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def test_the_first_lists_are_examples():
    assert TertialCode.objects.count() == 9
    assert not TertialCode.objects.filter(is_draft=False).exists()


def test_a_retired_code_is_offered_to_those_who_have_chosen_it():
    by = SecretariatFactory()
    code = TertialCode.objects.get(pk="H2")
    change_code(code=code, name="sekretess", is_draft=False, is_retired=True, by=by, at=NOW)
    assert "H2" not in [one.pk for one in codes_offered()]
    assert "H2" in [one.pk for one in codes_offered(["H2"])]


@pytest.mark.parametrize(("code", "name"), [("H1", "igen"), ("11", "fel"), ("H6", ""), ("H7", "do\u200blt")])
def test_a_code_that_is_there_or_is_none_is_refused(code, name):
    with pytest.raises(TertialCodeRefused):
        add_code(code=code, kind="obstacle", name=name, is_draft=False, by=SecretariatFactory(), at=NOW)
    assert TertialCode.objects.count() == 9


def test_others_keep_no_lists():
    with pytest.raises(NotForYourRole):
        add_code(code="H6", kind="obstacle", name="tid", is_draft=False, by=ManagerFactory(), at=NOW)


def test_the_page_adds_a_code_and_words_one_anew():
    browser = browser_of(SecretariatFactory())
    answer = browser.post("/tertial-codes/", {"kind": "obstacle", "code": "H6", "name": "tid"}, follow=True)
    assert "H6 tid" in words_of(answer)
    browser.post("/tertial-codes/H6/", {"name": "för lite tid", "is_draft": "on"})
    assert "H6 för lite tid example, not decided" in words_of(browser.get("/tertial-codes/"))
    assert browser.post("/tertial-codes/", {"kind": "x", "code": "H6", "name": "y"}).status_code == 422
    assert browser.get("/tertial-codes/H99/").status_code == 404
