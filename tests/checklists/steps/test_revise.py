"""Revising a site's template: each time a new version, while begun checklists keep theirs."""

import pytest
from django.utils.translation import override

from agencies.models import Agency, Service
from bookings.models import Track
from checklists.models import Step, Template
from checklists.steps.sheet import newest_template
from tests.browser import browser_of, words_of
from tests.checklists.checklist_steps import TODAY, sheet, tick
from tests.factories.agencies import CoordinatorFactory, HostFactory, UserFactory, the_site

pytestmark = pytest.mark.django_db

ADDRESS = "/checklists/templates/norrkoping/1/"
LANGUAGES = ("sv", "en", "ar", "prs", "so", "ti")


def in_force(site: str = "norrkoping") -> Template:
    """The newest template of track 1 for the site."""
    found = newest_template(site=the_site(site).pk, track=Track.objects.get(number=1).pk, on=TODAY)
    assert found is not None
    return found


def typed(template: Template) -> dict[str, list[str]]:
    """The page's form as it is first shown, with its empty row."""
    steps = list(template.steps.all())
    form = {
        "after": [str(template.pk)],
        "key": [step.key for step in steps] + [""],
        "agency": [step.agency_code for step in steps] + ["SKV"],
        "place": [str(n) for n in range(1, len(steps) + 2)],
    }
    texts = {f"text_{code}": [getattr(step, f"text_{code}") for step in steps] + [""] for code in LANGUAGES}
    return form | texts


def texts_of(key: str) -> tuple[str, str, str]:
    """The Swedish text of a step of the newest template, its state and that of the English text."""
    return in_force().steps.values_list("text_sv", "state_sv", "state_en").get(key=key)


def add(form: dict[str, list[str]], text: str, place: str = "0") -> None:
    form["place"][-1] = place
    for code in LANGUAGES:
        form[f"text_{code}"][-1] = text


@pytest.fixture
def browser(db):
    return browser_of(CoordinatorFactory())


def test_the_page_shows_each_track_and_its_steps(browser):
    assert words_of(browser.get("/checklists/templates/")).count("Version 1 since 2016-01-01") == 3
    assert "Flytt till Sverige anmäld" in browser.get(ADDRESS).text


def test_a_new_step_makes_the_sites_own_version(browser):
    before = in_force()
    form = typed(before)
    add(form, "Busskort lämnat")
    assert browser.post(ADDRESS, form).status_code == 302
    after = in_force()
    assert (after.site, after.version) == (the_site(), 1)
    assert Template.objects.get(made_by__role="coordinator") == after
    first, *rest = after.steps.all()
    assert (first.agency_code, *texts_of(first.key)[:2]) == ("SKV", "Busskort lämnat", "draft")
    assert [step.key for step in rest] == [step.key for step in before.steps.all()]
    assert rest[0].by_check_in
    assert [len(step.outcomes.all()) for step in rest] == [
        len(step.outcomes.all()) for step in before.steps.all()
    ]
    assert in_force("malmo") == before


def test_a_text_written_anew_is_a_draft_in_that_language_only(browser):
    form = typed(in_force())
    form["text_sv"][1] = "Papper sedda"
    browser.post(ADDRESS, form)
    assert texts_of(form["key"][1]) == ("Papper sedda", "draft", "checked")


def test_an_emptied_row_removes_its_step_but_not_from_a_begun_checklist(browser, chain, fk, acting):
    with acting(fk):
        tick(chain, "fk-registered", fk)
    form = typed(in_force())
    place = form["key"].index("fk-registered")
    for code in LANGUAGES:
        form[f"text_{code}"][place] = ""
    browser.post(ADDRESS, form)
    assert not in_force().steps.filter(key="fk-registered").exists()
    with acting(fk):
        assert sheet(chain).progress.done == 1


def test_a_step_without_swedish_is_refused_and_stays_in_its_row(browser):
    form = typed(in_force())
    add(form, "")
    form["text_en"][-1] = "Bus card handed over"
    answer = browser.post(ADDRESS, form)
    assert answer.status_code == 422
    assert "Write the step in Swedish at least." in words_of(answer)
    assert "Bus card handed over" in answer.text
    assert Template.objects.filter(site=the_site()).count() == 0


def test_a_step_in_swedish_alone_is_shown_in_swedish(browser):
    form = typed(in_force())
    add(form, "")
    form["text_sv"][-1] = "Busskort lämnat"
    assert browser.post(ADDRESS, form).status_code == 302
    step = in_force().steps.get(text_sv="Busskort lämnat")
    with override("ar"):
        assert str(step.text) == "Busskort lämnat"
    assert not step.is_checked("ar")


def test_a_step_may_be_of_an_agency_that_has_joined_since(browser):
    Agency.objects.create(code="REG", name="Region Östergötland")
    Service.objects.create(agency_code="REG", title="Samtal om vård", minutes=30)
    assert '<option value="REG"' in browser.get(ADDRESS).text
    form = typed(in_force())
    add(form, "Vårdval gjort")
    form["agency"][-1] = "REG"
    assert browser.post(ADDRESS, form).status_code == 302
    assert in_force().steps.get(text_sv="Vårdval gjort").agency_code == "REG"


@pytest.mark.parametrize(
    "change", [{"agency": "XXX"}, {"text": "x" * 121}, {"text": "a\x00b"}, {"text": "a\u202eb"}]
)
def test_an_unknown_agency_a_text_too_long_or_with_hidden_characters_is_refused(browser, change):
    form = typed(in_force())
    add(form, change.get("text", "Nytt"))
    form["agency"][-1] = change.get("agency", "SKV")
    assert browser.post(ADDRESS, form).status_code == 422


def test_an_empty_checklist_is_refused(browser):
    assert browser.post(ADDRESS, {"after": str(in_force().pk)}).status_code == 422


def test_two_coordinators_do_not_overwrite_each_other(browser):
    form = typed(in_force())
    add(form, "Busskort lämnat")
    assert browser.post(ADDRESS, form).status_code == 302
    assert browser.post(ADDRESS, form).status_code == 409
    form = typed(in_force())
    assert browser.post(ADDRESS, form).status_code == 302
    assert in_force().version == 2


def test_all_but_a_coordinator_of_the_site_are_answered_404(db):
    for user in (UserFactory(), HostFactory(), CoordinatorFactory(sites=[the_site("malmo")])):
        answer = browser_of(user).get(ADDRESS)
        assert answer.status_code == 404
        assert browser_of(user).post(ADDRESS, {}).status_code == 404
    assert browser_of(UserFactory()).get("/checklists/templates/").status_code == 404


def test_a_forged_key_makes_a_new_step_with_a_key_of_its_own(browser):
    form = typed(in_force())
    add(form, "Busskort lämnat", place="99")
    form["key"][-1] = "mig-talk\x00"
    assert browser.post(ADDRESS, form).status_code == 302
    assert Step.objects.filter(key="skv-busskort-lamnat").count() == 1


def test_a_place_is_read_with_arabic_digits_and_no_break_spaces_too(browser):
    form = typed(in_force())
    add(form, "Busskort lämnat", place="٩٩\u00a0")
    assert browser.post(ADDRESS, form).status_code == 302
    assert list(in_force().steps.values_list("text_sv", flat=True))[-1] == "Busskort lämnat"
