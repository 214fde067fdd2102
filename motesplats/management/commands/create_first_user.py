"""Creates the first user of the secretariat, who makes everybody else on the pages for staff."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from agencies.models import User
from agencies.refusals import Refusal
from agencies.staff.credentials import password_link
from agencies.staff.manage import create_first_user
from agencies.validators import validate_name, validate_plain

ASKED = {"username": "User name", "first_name": "Given name", "last_name": "Family name"}


class Command(BaseCommand):
    help = "Create the first user of the secretariat and print the link at which a password is chosen, good once."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, label in ASKED.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=f"{label}; asked for if not given.")
        parser.add_argument("--email", default="", help="E-mail; may be left out.")

    def handle(self, *args: Any, **options: Any) -> None:
        username, given, family = (self._answer(name, options[name]) for name in ASKED)
        try:
            User.username_validator(username)
            for each in (given, family):
                validate_name(each)
            if options["email"]:
                validate_email(options["email"])
                validate_plain(options["email"])
            user = create_first_user(
                username=username, name=(given, family), email=options["email"], at=timezone.now()
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"The way in for {user}, good once and for three days:\n{password_link(user)}")

    def _answer(self, name: str, given: str | None) -> str:
        """What the flag says, or what somebody types."""
        try:
            answer = given if given is not None else input(f"{ASKED[name]}: ")
        except EOFError:
            raise CommandError(f"Say --{name.replace('_', '-')}.") from None
        if not answer.strip():
            raise CommandError(f"{ASKED[name]} is empty.")
        return answer.strip()
