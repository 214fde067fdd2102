"""The first user of an empty installation gets in by a printed link, once, and makes everybody else."""

import re
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from agencies.models import Role, Site, User
from motesplats.embedded.code import SECONDS, code
from tests.browser import words_of
from tests.factories.agencies import SecretariatFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "fresh_cache")]
NEW = "nine green bicycles"
FLAGS = ("--username", "kansli", "--first-name", "Maj", "--last-name", "Lind")


def create(*flags: str) -> str:
    out = StringIO()
    call_command("create_first_user", *(flags or FLAGS), stdout=out)
    return out.getvalue()


def test_the_printed_link_leads_to_password_second_factor_and_start_page(settings):
    [link] = re.findall(rf"^{settings.BASE_URL}(/\S+)$", create(), re.MULTILINE)
    browser = Client(headers={"accept-language": "en"})
    form = browser.get(urlsplit(link).path, follow=True).redirect_chain[-1][0]
    assert browser.post(form, {"new_password1": NEW, "new_password2": NEW})["Location"] == "/sign-in/"
    browser.post("/sign-in/", {"username": "kansli", "password": NEW})
    assert browser.get("/staff/").status_code == 302  # without second factor one gets nowhere else
    [secret] = re.findall(r"\b[A-Z2-7]{32}\b", browser.get("/my-sign-in/app/").text)
    step = int(timezone.now().timestamp()) // SECONDS
    assert browser.post("/my-sign-in/app/", {"code": code(secret, step=step)})["Location"]
    start = browser.get("/", follow=True)
    assert start.status_code == 200
    assert "Maj Lind" in words_of(start)
    assert browser.get("/new-staff/").status_code == 200


def test_the_first_user_is_of_the_secretariat_at_all_sites_without_powers_over_the_installation():
    create(*FLAGS, "--email", "maj@kansli.example")
    user = User.objects.get(username="kansli")
    assert (user.role, user.agency, user.email) == (Role.SECRETARIAT, None, "maj@kansli.example")
    assert user.sites.count() == Site.objects.count()
    assert not {user.is_superuser, user.is_staff, user.has_usable_password()} - {False}


def test_what_no_flag_says_is_asked_for(monkeypatch):
    answers = iter(["kansli", "Maj", "Lind"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    create("--email", "")
    assert str(User.objects.get(username="kansli")) == "Maj Lind"


def test_there_is_one_first_user():
    SecretariatFactory()
    with pytest.raises(CommandError, match="/staff/"):
        create()
    assert not User.objects.filter(username="kansli").exists()


def test_whoever_is_left_without_a_secretariat_begins_again():
    SecretariatFactory(is_active=False)
    assert "/password/" in create()


@pytest.mark.parametrize(
    "flags",
    [
        ("--username", "kan sli", *FLAGS[2:]),
        ("--username", " ", *FLAGS[2:]),
        (*FLAGS[:5], "\u202e"),
        (*FLAGS, "--email", "nowhere"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_word(flags):
    with pytest.raises(CommandError):
        create(*flags)
    assert not User.objects.filter(role=Role.SECRETARIAT).exists()
