"""A manager keeps the own agency's page, the secretariat all; what a summons lacks stands on top; nothing is lost."""

from typing import Any

import pytest
from django.utils import timezone

from agencies.directory.change import change_names
from agencies.directory.entries import AgencyEntry, entry_at
from agencies.directory.missing import missing_of_entry
from agencies.directory.queries import general_texts
from agencies.directory.saving import AgencyChanged, AgencyKeptByOthers
from agencies.models import Agency, AgencyChange, Service, TextBlock
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_agency,
)

pytestmark = pytest.mark.django_db
PAGE = "/agencies/AF/"


def entry(key: str = "AF") -> AgencyEntry:
    found = entry_at(key)
    assert found
    return found


def agency() -> Any:
    """The agency, with its translated fields."""
    return the_agency("AF")


def lacks(key: str = "AF") -> list[str]:
    return [str(one) for one in missing_of_entry(entry(key), general_texts(today=timezone.localdate()))]


def test_what_a_summons_lacks_is_named_until_it_is_filled_in():
    assert lacks() == []
    Agency.objects.filter(code="AF").update(name_ti="")
    TextBlock.objects.filter(
        service__agency_code="AF", slot="about", language="so", track=None, condition=""
    ).delete()
    assert len(lacks()) == 2
    manager = browser_of(ManagerFactory(agency="AF"))
    page = manager.get(PAGE)
    assert "2 things are missing for a valid summons" in words_of(page)
    assert f'href="{PAGE}names/#id_name_ti"' in page.text
    text = TextBlock.objects.get(
        service__agency_code="AF", slot="about", language="sv", track=None, condition=""
    )
    assert f'href="{PAGE}texts/{text.pk}/#id_text_so"' in page.text
    names = f"{PAGE}names/"
    typed = inputs(manager, names) | {"name_ti": "ቤት ጽሕፈት ስራሕ"}
    assert manager.post(names, typed)["Location"] == PAGE
    address = f"{PAGE}texts/{text.pk}/"
    typed = inputs(manager, address) | {"text_so": "Waxaad ka hadlaysaan waxbarashada."}
    assert manager.post(address, typed)["Location"] == PAGE
    assert lacks() == []
    assert "missing for a valid summons" not in words_of(manager.get(PAGE))


def test_names_and_contact_card_are_changed_and_who_changed_them_is_history():
    manager = ManagerFactory(agency="AF", first_name="Jonas", last_name="Ek")
    browser = browser_of(manager)
    typed = inputs(browser, f"{PAGE}names/") | {"name_en": "Public Employment Service of Sweden"}
    assert browser.post(f"{PAGE}names/", typed)["Location"] == PAGE
    card = {
        "phone": "0771-416 416",
        "email": "info@af.example",
        "web": "af.example",
        "deaf_contact": "Bildtelefoni.net",
    }
    assert browser.post(f"{PAGE}contact/", inputs(browser, f"{PAGE}contact/") | card)["Location"] == PAGE
    assert (agency().name_en, agency().web) == ("Public Employment Service of Sweden", "https://af.example")
    assert {change.by for change in AgencyChange.objects.filter(pgh_obj=agency(), pgh_label="update")} == {
        manager
    }
    page = words_of(browser.get(PAGE))
    assert all(word in page for word in ("Jonas Ek", "Bildtelefoni.net", "0771-416 416"))


def test_a_checked_name_that_changes_is_a_draft_again():
    browser = browser_of(ManagerFactory(agency="AF"))
    Agency.objects.filter(code="AF").update(state_en="checked", state_sv="checked")
    typed = inputs(browser, f"{PAGE}names/")
    browser.post(f"{PAGE}names/", typed | {"name_en": "Another name"})
    assert agency().state_en == "draft"
    assert agency().state_sv == "checked"
    browser.post(f"{PAGE}names/", inputs(browser, f"{PAGE}names/") | {"state_en": "checked"})
    assert agency().state_en == "checked"


def test_only_the_own_manager_and_the_secretariat_keep_an_agency():
    for by in (UserFactory(agency="AF"), ManagerFactory(agency="FK"), CoordinatorFactory()):
        with pytest.raises(AgencyKeptByOthers):
            change_names(entry=entry(), values={}, seen=0, by=by, at=timezone.now())
    assert browser_of(ManagerFactory(agency="FK")).get(PAGE).status_code == 404
    assert browser_of(UserFactory(agency="AF")).get(PAGE).status_code == 403
    office = browser_of(SecretariatFactory())
    assert office.get(PAGE).status_code == 200
    assert office.get("/agencies/XYZ/").status_code == 404


def test_a_manager_s_list_has_the_own_agency_alone_and_the_secretariat_s_all(django_assert_num_queries):
    listed = words_of(browser_of(ManagerFactory(agency="AF")).get("/agencies/"))
    assert "Employment" in listed
    assert "Social Insurance" not in listed
    office = browser_of(SecretariatFactory())
    with django_assert_num_queries(15):
        assert words_of(office.get("/agencies/")).count("municipality") >= 290


def test_what_two_type_at_once_is_not_lost():
    one, other = browser_of(ManagerFactory(agency="AF")), browser_of(SecretariatFactory())
    typed = inputs(one, f"{PAGE}names/")
    other.post(f"{PAGE}names/", typed | {"name_en": "First"})
    answer = one.post(f"{PAGE}names/", typed | {"name_en": "Second"})
    assert answer.status_code == 409
    assert "Somebody has changed the page" in words_of(answer)
    assert 'value="Second"' in answer.text
    assert agency().name_en == "First"
    with pytest.raises(AgencyChanged):
        change_names(entry=entry(), values={}, seen=0, by=SecretariatFactory(), at=timezone.now())


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("names", {"name_sv": ""}),
        ("names", {"name_ti": "x" * 121}),
        ("contact", {"email": "nobody"}),
        ("contact", {"deaf_contact": "a\u200bb"}),
        ("service", {"minutes": "241"}),
        ("service", {"title_sv": ""}),
        ("service", {"minutes_per_person": "-1"}),
    ],
)
def test_what_the_rules_do_not_allow_is_refused_with_a_word_and_changes_nothing(page, typed):
    browser = browser_of(ManagerFactory(agency="AF"))
    address = f"{PAGE}{page}/"
    assert browser.post(address, inputs(browser, address) | typed).status_code == 422
    assert (agency().version, Service.objects.get(agency_code="AF").version) == (0, 0)


def test_title_and_usual_length_are_the_agency_s():
    browser = browser_of(ManagerFactory(agency="AF"))
    typed = inputs(browser, f"{PAGE}service/") | {"minutes": "45", "title_sv": "Arbete"}
    assert browser.post(f"{PAGE}service/", typed)["Location"] == PAGE
    service: Any = Service.objects.get(agency_code="AF")
    assert (service.minutes, service.title_sv, service.state_sv) == (45, "Arbete", "draft")
    assert "45 min" in words_of(browser.get(PAGE))


def test_a_municipality_changes_what_differs_and_the_secretariat_what_all_share():
    manager = browser_of(ManagerFactory(agency=the_agency("KOM")))
    assert manager.get("/agencies/KOM/")["Location"] == "/agencies/0581/"
    page = words_of(manager.get("/agencies/0581/"))
    assert "here stands what differs" in page
    assert manager.get("/agencies/0580/").status_code == 404
    assert manager.get("/agencies/0581/service/").status_code == 302
    office = browser_of(SecretariatFactory())
    assert "unless its own page says otherwise" in words_of(office.get("/agencies/KOM/"))
    assert office.get("/agencies/KOM/service/").status_code == 200
