"""The demo's users have a published password: it is filled in nowhere by mistake."""

import pytest
from django.core.management import CommandError, call_command

from agencies.models import User
from motesplats.demo.allowed import refuse_real_installation
from motesplats.demo.staff import PASSPHRASE
from tests.factories.agencies import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_filled_in(monkeypatch):
    """A demo that is let through stops before it begins."""
    monkeypatch.setattr(
        "motesplats.management.commands.seed_demo.staff_everything", lambda **_at: pytest.fail("let in")
    )


@pytest.mark.parametrize(
    ("options", "address"),
    [
        ({}, "http://localhost:8000"),
        ({}, "https://motesplats.example.se"),
        ({"demo": True}, "https://motesplats.example.se"),
        ({"demo": True}, "https://localhost.example.se"),
    ],
)
def test_it_refuses_without_being_asked_and_at_public_addresses(settings, options, address):
    settings.BASE_URL = address
    with pytest.raises(CommandError):
        call_command("seed_demo", **options)
    assert not User.objects.exists()


@pytest.mark.parametrize("address", ["http://localhost:8000", "https://localhost", "http://10.0.0.4"])
def test_it_is_let_in_where_it_is_asked_for(settings, address):
    settings.BASE_URL = address
    refuse_real_installation(asked=True)


def test_it_refuses_where_real_users_are_even_one_of_a_demo_name():
    UserFactory(username="kansli", agency=None)
    UserFactory(username="karin.ek")
    with pytest.raises(CommandError, match="users who are not the demo's"):
        call_command("seed_demo", demo=True)


def test_it_rolls_a_demo_forward_to_which_somebody_has_added_a_colleague():
    UserFactory(username="kansli", agency=None, password=PASSPHRASE)
    UserFactory(username="karin.ek")
    refuse_real_installation(asked=True)
