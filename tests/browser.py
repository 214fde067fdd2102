"""A signed-in test client, and readers of its pages."""

import csv
import re
from html import unescape
from io import StringIO
from typing import Protocol

from django.test import Client

from agencies.models import User
from tests.signing_in import sign_in


class Answer(Protocol):
    """A response with its decoded body, such as the test client's."""

    @property
    def text(self) -> str: ...


def browser_of(user: User) -> Client:
    """A client signed in as the user, in English."""
    return sign_in(Client(headers={"accept-language": "en"}), user)


def proposals_in(response: Answer) -> list[str]:
    """The signed proposals on the page."""
    return re.findall(r'name="proposal"\s+value="([^"]+)"', response.text)


def words_of(response: Answer) -> str:
    """The page's text without tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())


def csv_rows(response: Answer) -> list[list[str]]:
    """The rows of a CSV file, which begins with a byte order mark and has semicolons."""
    text = response.text
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=";"))
