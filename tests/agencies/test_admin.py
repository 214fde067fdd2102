"""The admin opens for staff only, and loads no script or style from elsewhere."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from agencies.models import Resource, Shift
from interpreters.models import Interpreter
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import CoordinatorFactory, ResourceFactory, UserFactory, the_site
from tests.factories.interpreters import InterpreterFactory, open_day
from tests.signing_in import sign_in

MODELS = [
    model
    for model in admin.site._registry
    if model.__module__.split(".")[0] in {"agencies", "interpreters", "bookings"}
]
NAMES = [f"admin:{model._meta.app_label}_{model._meta.model_name}" for model in MODELS]
READ_ONLY = {"admin:agencies_dispatch", "admin:agencies_namedopener", "admin:agencies_unusualreading"}

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def staff(client):
    return sign_in(client, CoordinatorFactory(is_staff=True, is_superuser=True))


@pytest.mark.parametrize("name", NAMES)
def test_lists_and_forms_open(staff, name):
    InterpreterFactory()
    assert staff.get(reverse(f"{name}_changelist")).status_code == 200
    assert staff.get(reverse(f"{name}_changelist"), {"q": "a"}).status_code == 200
    assert staff.get(reverse(f"{name}_add")).status_code == (403 if name in READ_ONLY else 200)


@pytest.mark.parametrize("name", NAMES)
def test_scripts_and_styles_are_our_own(staff, name):
    page = staff.get(reverse(f"{name}_{'changelist' if name in READ_ONLY else 'add'}")).content.decode()
    assert re.findall(r'(?:src|href)="((?:https?:)?//[^"]*)"', page) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", page) == []


@pytest.mark.parametrize("name", ["admin:index", "admin:login", "admin:agencies_site_changelist"])
def test_to_the_public_and_to_a_caseworker_there_is_no_admin(client, name):
    assert client.get(reverse(name)).status_code == 404
    sign_in(client, UserFactory())
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize(("address", "status"), [("10.1.2.3", 200), ("192.0.2.1", 404)])
def test_the_admin_opens_in_its_networks_only(staff, settings, address, status):
    settings.ADMIN_NETWORKS = ["10.0.0.0/8"]
    assert staff.get(reverse("admin:index"), REMOTE_ADDR=address).status_code == status


def test_parties_resources_are_not_shown(staff):
    party = ResourceFactory(kind=Resource.Kind.PARTY)
    assert staff.get(reverse("admin:agencies_resource_change", args=[party.pk])).status_code == 302


def test_an_interpreter_is_changed_with_its_languages(staff):
    interpreter = InterpreterFactory(language="ti")
    page = staff.get(reverse("admin:interpreters_interpreter_change", args=[interpreter.pk]))
    assert page.status_code == 200
    assert Interpreter.objects.get().masteries.get().language == "tir"


def test_a_site_day_shows_the_changes_of_its_roster(staff):
    shift = open_day(the_site(), date(2026, 12, 8), desks={"MIG": 1}).shifts.get()
    shift.desk = "B 7"
    shift.save()
    address = reverse("admin:agencies_siteday_change", args=[shift.site_day_id])
    shift.delete()
    page = staff.get(address)
    assert page.status_code == 200
    assert [word in page.text for word in ("insert", "update", "delete", "B 7")] == [True] * 4


@pytest.mark.usefixtures("clock")
def test_the_admin_neither_shortens_nor_deletes_a_booked_shift(staff, acting):
    open_days(FIRST)
    caseworker = UserFactory()
    with acting(caseworker):
        book(register(caseworker), caseworker)
    shift = Shift.objects.get(resource__caseworker__agency__code="FK")
    address = reverse("admin:agencies_shift_change", args=[shift.pk])
    typed = {
        "site_day": shift.site_day_id,
        "resource": shift.resource_id,
        "starts_at_0": "2026-12-08",
        "starts_at_1": "15:50",
        "ends_at_0": "2026-12-08",
        "ends_at_1": "16:00",
        "state": "approved",
        "travel_minutes": "0",
        "breaks-TOTAL_FORMS": "0",
        "breaks-INITIAL_FORMS": "0",
    }
    page = staff.post(address, typed)
    assert page.status_code == 200
    assert "errornote" in page.text
    assert staff.post(reverse("admin:agencies_shift_delete", args=[shift.pk])).status_code == 403
    assert Shift.objects.get(pk=shift.pk).starts_at == shift.starts_at
