"""The viewer that a request acts for; errors roll back; other answers commit."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from agencies.middleware import SecrecyMiddleware
from agencies.models import Heartbeat, User
from agencies.secrecy.context import NOBODY, Viewer, current, enter, viewer_of
from tests.factories.agencies import UserFactory

pytestmark = pytest.mark.django_db


def viewer_in(view, user: User) -> Viewer:
    """The viewer in the view when the user requests it."""
    seen: list[Viewer] = []

    def respond(request: HttpRequest) -> HttpResponse:
        middleware.process_view(request, view, (), {})
        view(request)
        seen.append(current())
        return HttpResponse()

    middleware = SecrecyMiddleware(respond)
    request = RequestFactory().get("/")
    request.user = user
    middleware(request)
    assert current() == NOBODY
    return seen[0]


def page(request: HttpRequest) -> HttpResponse:
    """A page that requires sign-in."""
    return HttpResponse()


@login_not_required
def open_page(request: HttpRequest) -> HttpResponse:
    """A page that sets no viewer."""
    return HttpResponse()


@login_not_required
def page_of_a_link(request: HttpRequest) -> HttpResponse:
    """A page that sets the holder of a link as viewer."""
    enter(Viewer(link="a" * 64))
    return HttpResponse()


def test_a_page_acts_for_whoever_signed_in():
    user = UserFactory()
    assert viewer_in(page, user) == viewer_of(user)


def test_an_open_page_acts_for_nobody():
    assert viewer_in(open_page, UserFactory()) == NOBODY


def test_an_open_page_sets_its_own_viewer():
    assert viewer_in(page_of_a_link, UserFactory()) == Viewer(link="a" * 64)


@pytest.mark.parametrize(("status", "kept"), [(200, True), (422, True), (500, False)])
def test_a_server_error_rolls_back_and_other_answers_commit(status, kept):
    def respond(request: HttpRequest) -> HttpResponse:
        Heartbeat.objects.create(name="test", beat_at=timezone.now())
        return HttpResponse(status=status)

    SecrecyMiddleware(respond)(RequestFactory().get("/"))
    assert Heartbeat.objects.filter(name="test").exists() is kept
