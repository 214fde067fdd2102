"""The frame of the staff's pages: one row on a screen, and never in the way, for every role in both languages."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from agencies.models import Site, User
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)
from tests.journeys.test_booking import look
from tests.signing_in import sign_in

ONE_ROW = 60  # pixels
LONG = {"first_name": "Margareta Elisabet", "last_name": "Lindström-Andersson"}
# The most that the frame may take of a screen of this width, in pixels.
MOST = {1280: ONE_ROW, 1024: 120, 768: 120, 360: 200, 320: 200}


@pytest.fixture
def staff(caseworker) -> dict[str, str]:
    """The session of somebody with a long name in each role; managers who also run the installation among them."""
    many = list(Site.objects.order_by("pk")[:3])
    people: dict[str, User] = {
        "caseworker": UserFactory(**LONG, sites=many),
        "caseworker elsewhere": UserFactory(agency="SKV", **LONG),
        "coordinator": CoordinatorFactory(**LONG),
        "host": HostFactory(**LONG),
        "manager": ManagerFactory(**LONG, sites=many),
        "manager of a municipality": ManagerFactory(agency="KOM", **LONG),
        "secretariat": SecretariatFactory(**LONG),
        "superuser": ManagerFactory(is_superuser=True, is_staff=True, **LONG),
    }
    return {
        role: sign_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
        for role, user in people.items()
    }


def come_as(page: Page, session: str, address: str) -> None:
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


def height(page: Page) -> float:
    box = page.locator(".top").bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_frame_is_one_row_at_1280_and_leaves_room_below_for_every_role(
    walk, staff, live_server, language
):
    heights = {}
    with walk(1280, language) as page:
        for role, session in staff.items():
            come_as(page, session, live_server.url)
            page.goto("/")
            for width in MOST:
                page.set_viewport_size({"width": width, "height": 900})
                heights[role, width] = height(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (role, width)
    assert {key: found for key, found in heights.items() if found > MOST[key[1]]} == {}


@pytest.mark.parametrize("width", [1280, 320])
def test_who_is_signed_in_opens_by_keyboard_and_leads_out(walk, staff, live_server, width):
    with walk(width, "sv") as page:
        come_as(page, staff["manager"], live_server.url)
        page.goto("/")
        leave = page.locator(".who button")
        expect(leave).not_to_be_visible()
        page.locator(".who summary").press("Enter")
        expect(leave).to_be_in_viewport()
        look(page)
        page.locator(".who summary").focus()
        for _ in page.locator(".who > div :is(a, button)").all():
            page.keyboard.press("Tab")
        expect(leave).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in/**")


def test_with_text_twice_as_large_nothing_is_cut_off(walk, staff, live_server):
    with walk(1280, "sv") as page:
        come_as(page, staff["manager"], live_server.url)
        page.emulate_media(forced_colors="active")
        page.goto("/")
        page.set_viewport_size({"width": 640, "height": 450})  # 1280 pixels at a zoom of 200 %
        look(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        for link in page.locator(".top > nav a").all():
            expect(link).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
