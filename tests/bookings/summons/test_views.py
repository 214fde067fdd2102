"""Renewing a newcomer's link and code on the chain's page."""

import pytest
from django.test import Client

from bookings.models import Chain
from tests.browser import browser_of
from tests.factories.agencies import UserFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def test_the_owner_renews_a_link_and_a_second_press_of_the_same_page_changes_nothing(
    book, browser, caseworker, acting
):
    chain = book()
    with acting(caseworker):
        before = list(chain.links.all())
        name = before[0].newcomer.given_name
    assert name in browser.get(f"/chains/{chain.reference}/renew/1/").text
    for _press in range(2):
        answer = browser.post(f"/chains/{chain.reference}/renew/1/", {"generation": "1"})
        assert answer["Location"] == f"/chains/{chain.reference}/"
    with acting(caseworker):
        after = list(chain.links.all())
    assert [link.generation for link in after] == [2, 1]
    assert after[0].code_hash != before[0].code_hash
    assert "new code and link" in browser.get(f"/chains/{chain.reference}/").text


def test_a_new_link_raises_the_chains_version_and_a_past_day_gets_none(
    book, browser, caseworker, acting, clock
):
    chain = book()
    address = f"/chains/{chain.reference}/renew/1/"
    browser.post(address, {"generation": "1"})
    with acting(caseworker):
        assert Chain.objects.get(pk=chain.pk).version == chain.version + 1
    clock.move_to(chain.site_day.closes_at)
    assert sign_in(Client(), caseworker).post(address, {"generation": "2"}).status_code == 404
    with acting(caseworker):
        assert chain.links.order_by("pk")[0].generation == 2


def test_an_adult_who_is_not_in_the_party_is_answered_404(book, browser):
    assert browser.get(f"/chains/{book().reference}/renew/3/").status_code == 404


def test_another_agency_renews_nothing(book):
    chain = book()
    stranger = browser_of(UserFactory(agency="AF"))
    assert stranger.post(f"/chains/{chain.reference}/renew/1/", {"generation": "1"}).status_code == 404
