"""The phones of a family's adults, their code typed, and what they look at and press on the consent pages."""

import re

from django.test import Client

from bookings.links.tokens import code_of, token_of
from bookings.models import Link

Phone = tuple[Client, str]  # with its token


def with_code(link: Link) -> Phone:
    phone, token = Client(enforce_csrf_checks=True), token_of(link)
    asked = {"code": code_of(link), "onward": "consents", "language": "en"}
    assert phone.post(f"/d/{token}/key", asked).status_code == 302
    return phone, token


def look(phone: Client, token: str, *, page: str = "consents", to: str = "", language: str = "en"):
    return phone.get(f"/d/{token}/{page}", {"language": language, "to": to})


def hidden_fields(text: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', text))


def press(phone: Client, token: str, *, say: str, language: str = "en", **changes: str):
    """Press the button of a finer question as the page has it."""
    seen = look(phone, token, page="choices", to=say.split(".", maxsplit=1)[0], language=language)
    return phone.post(f"/d/{token}/choices", hidden_fields(seen.text) | {"say": say} | changes)


def answer(phone: Client, token: str, *, to: str, language: str = "en", **chosen: str):
    """Choose yes or no for `you` and `day` about an office, and save."""
    fields = hidden_fields(look(phone, token, to=to, language=language).text)
    said = {f"{to}.{about}": value for about, value in chosen.items()}
    return phone.post(f"/d/{token}/consents?to={to}&language={language}", fields | said)
