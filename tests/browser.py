"""A signed-in test client, and readers of its pages."""

import re
from html import unescape
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
