"""A coordinator keeps the own site's page, the secretariat all; what a summons lacks stands on top; nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import Agency, Location, Municipality, Site, SiteChange, WayOfWorking
from agencies.sites.ahead import SiteIsBooked
from agencies.sites.change import change_site, create_site, set_state
from agencies.sites.missing import missing_of_site
from agencies.sites.saving import SiteChanged, SiteKeptByOthers
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    UserFactory,
    main_place,
    the_site,
)

pytestmark = pytest.mark.django_db
PAGE = "/sites/norrkoping/"


def change(by, site: Site | None = None, *, seen: int = 0, **values) -> None:
    change_site(site=site or the_site(), values=values, seen=seen, by=by, at=timezone.now())


def test_what_a_summons_lacks_is_named_until_it_is_filled_in():
    site = the_site()
    Municipality.objects.filter(site=site).update(phone="011-150000")
    Location.objects.filter(site=site).update(street="", postcode="", town="")
    Site.objects.filter(pk=site.pk).update(phone="")
    assert len(missing_of_site(the_site())) == 2
    coordinator = browser_of(CoordinatorFactory())
    page = coordinator.get(PAGE)
    assert "2 things are missing for a valid summons" in words_of(page)
    assert f'href="{PAGE}edit/#id_phone"' in page.text
    assert f'href="{PAGE}places/{main_place(site).pk}/#id_street"' in page.text
    place = f"{PAGE}places/{main_place(site).pk}/"
    typed = inputs(coordinator, place) | {
        "street": "Syrengränd 2",
        "postcode": "602 24",
        "town": "Norrköping",
        "directions_ti": "ኣውቶቡስ 4",
    }
    assert coordinator.post(place, typed)["Location"] == PAGE
    rules = f"{PAGE}edit/"
    assert coordinator.post(rules, inputs(coordinator, rules) | {"phone": "011-19 00 00"})["Location"] == PAGE
    assert missing_of_site(the_site()) == []
    after = words_of(coordinator.get(PAGE))
    assert "missing for a valid summons" not in after
    assert "Syrengränd 2, 602 24 Norrköping" in after
    assert Location.objects.filter(site=site, directions_ti="ኣውቶቡስ 4").exists()


def test_rules_and_owner_are_changed_and_who_changed_them_is_history():
    coordinator = CoordinatorFactory(first_name="Jonas", last_name="Ek")
    browser = browser_of(coordinator)
    owner = Agency.objects.get(code="SKV")
    typed = inputs(browser, f"{PAGE}edit/") | {
        "minimum_notice_days": "10",
        "owner": str(owner.pk),
        "thin_hours": "8",
    }
    assert browser.post(f"{PAGE}edit/", typed)["Location"] == PAGE
    site = the_site()
    assert (site.minimum_notice_days, site.owner, site.thin_hours) == (10, owner, 8)
    [before] = SiteChange.objects.filter(by=coordinator)
    assert (before.minimum_notice_days, before.thin_hours, before.by) == (7, None, coordinator)
    page = words_of(browser.get(PAGE))
    assert "Jonas Ek" in page
    assert "more than 8 staff hours for each person" in page


def test_only_the_own_coordinator_and_the_secretariat_change_a_site():
    elsewhere = CoordinatorFactory(sites=[the_site("malmo")])
    for by in (UserFactory(), ManagerFactory(), HostFactory(), elsewhere):
        with pytest.raises(SiteKeptByOthers):
            change(by, minimum_notice_days=9)
    for seen, by in enumerate((CoordinatorFactory(), SecretariatFactory())):
        change(by, minimum_notice_days=9 + seen, seen=seen)
    assert the_site().minimum_notice_days == 10


def test_others_read_their_own_site_s_page_without_a_button():
    for user in (UserFactory(), ManagerFactory(), HostFactory()):
        browser = browser_of(user)
        assert "New place" not in words_of(browser.get(PAGE))
        assert browser.get(f"{PAGE}edit/").status_code == 403
        assert browser.get("/sites/malmo/").status_code == 404


def test_what_two_type_at_once_is_not_lost():
    one, other = browser_of(CoordinatorFactory()), browser_of(SecretariatFactory())
    typed = inputs(one, f"{PAGE}edit/")
    other.post(f"{PAGE}edit/", typed | {"walk_minutes": "8"})
    answer = one.post(f"{PAGE}edit/", typed | {"minimum_notice_days": "12"})
    assert answer.status_code == 409
    assert "Somebody has changed the site" in words_of(answer)
    assert 'value="12"' in answer.text
    assert the_site().minimum_notice_days == 7
    assert the_site().walk_minutes == 8
    with pytest.raises(SiteChanged):
        change(SecretariatFactory(), walk_minutes=9, seen=0)


@pytest.mark.parametrize(
    "typed",
    [
        {"walk_minutes": "61"},
        {"thin_hours": "0"},
        {"thin_hours": "101"},
        {"lunch_to": "11:15"},
        {"lunch_minutes": "20"},
        {"phone": "abc"},
        {"minimum_notice_days": "-1"},
        {"name": "\x00"},
    ],
)
def test_what_the_rules_do_not_allow_is_refused_with_a_word_and_changes_nothing(typed):
    coordinator = CoordinatorFactory()
    browser = browser_of(coordinator)
    answer = browser.post(f"{PAGE}edit/", inputs(browser, f"{PAGE}edit/") | typed)
    assert answer.status_code == 422
    assert the_site().version == 0
    assert not SiteChange.objects.filter(by=coordinator).exists()


def test_a_site_with_days_ahead_is_not_closed_but_paused():
    coordinator = CoordinatorFactory()
    today = timezone.localdate()
    for days in (-1, 0, 3):
        SiteDayFactory(date=today + timedelta(days=days))
    with pytest.raises(SiteIsBooked) as refused:
        set_state(site=the_site(), state=Site.State.CLOSED, seen=0, by=coordinator, at=timezone.now())
    assert refused.value.days == 2
    browser = browser_of(coordinator)
    answer = browser.post(f"{PAGE}state/", {"state": "closed", "version": "0"})
    assert answer.status_code == 409
    assert "2 days lie ahead here" in words_of(answer)
    assert browser.post(f"{PAGE}state/", {"state": "paused", "version": "0"}).status_code == 302
    assert the_site().state == Site.State.PAUSED


def test_a_way_of_working_is_noted_with_why():
    browser = browser_of(CoordinatorFactory())
    way = {"text": "En tolk hela dagen", "state": "adopted", "why": "Väntan föll", "since": "2026-10-05"}
    assert browser.post(f"{PAGE}ways/", way)["Location"] == PAGE
    assert WayOfWorking.objects.get().state == "adopted"
    page = words_of(browser.get(PAGE))
    assert all(word in page for word in ("En tolk hela dagen", "Väntan föll"))


def test_the_secretariat_makes_a_site_and_nobody_else_does():
    office = SecretariatFactory()
    browser = browser_of(office)
    typed = {"code": "visby", "name": "Visby", "latitude": "57.634", "longitude": "18.294"}
    assert browser.post("/new-site/", typed)["Location"] == "/sites/visby/"
    assert the_site("visby").state == Site.State.PAUSED
    assert main_place(the_site("visby")).name == "Visby"
    assert browser.post("/new-site/", typed).status_code == 422
    assert "Visby" in words_of(browser.get("/sites/"))
    with pytest.raises(SiteKeptByOthers):
        create_site(values={"code": "x"}, by=CoordinatorFactory(), at=timezone.now())


def test_the_list_asks_the_same_number_of_queries_for_more_sites(django_assert_num_queries):
    browser = browser_of(SecretariatFactory())
    with django_assert_num_queries(15):
        assert words_of(browser.get("/sites/")).count("open") >= 27
