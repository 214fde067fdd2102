"""Views and verbs that are open to some roles only."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from agencies.models import Role, User
from agencies.web.requests import StaffRequest
from agencies.web.roles import NotForYourRole, for_roles, has_role, require_role


def request_of(role: Role, agency: int | None = None) -> StaffRequest:
    request: StaffRequest = RequestFactory().get("/")  # type: ignore[assignment]  # its user is set next
    request.user = User(role=role, agency_id=agency)
    return request


def page(request: StaffRequest) -> HttpResponse:
    return HttpResponse("page")


def test_a_view_opens_to_its_roles():
    view = for_roles(Role.MANAGER, Role.HOST)(page)
    assert view(request_of(Role.MANAGER)).content == b"page"
    assert view(request_of(Role.HOST)).content == b"page"


def test_other_roles_are_not_allowed():
    with pytest.raises(PermissionDenied):
        for_roles(Role.MANAGER)(page)(request_of(Role.HOST))


def test_a_hidden_view_is_not_found_by_other_roles():
    with pytest.raises(Http404):
        for_roles(Role.MANAGER, hidden=True)(page)(request_of(Role.HOST))


def test_a_view_of_an_agency_opens_to_nobody_without_one():
    view = for_roles(Role.MANAGER, of_an_agency=True)(page)
    assert view(request_of(Role.MANAGER, agency=1)).content == b"page"
    with pytest.raises(PermissionDenied):
        view(request_of(Role.MANAGER))


@pytest.mark.parametrize(
    ("role", "agency", "expected"),
    [(Role.MANAGER, 1, True), (Role.MANAGER, None, False), (Role.HOST, 1, False)],
)
def test_a_role_of_an_agency_needs_both(role, agency, expected):
    user = User(role=role, agency_id=agency)
    assert has_role(user, Role.MANAGER, of_an_agency=True) is expected


def test_a_verb_refuses_other_roles_with_its_own_message():
    require_role(User(role=Role.MANAGER), Role.MANAGER, message="Managers only.")
    with pytest.raises(NotForYourRole, match="Managers only"):
        require_role(User(role=Role.HOST), Role.MANAGER, message="Managers only.")
