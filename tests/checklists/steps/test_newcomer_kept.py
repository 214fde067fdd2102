"""What a family writes is not lost when the phone's session has ended: it comes along until the code is typed."""

import re
from html import unescape

import pytest
from django.test import Client

from bookings.links.tokens import code_of
from checklists.models import Note

pytestmark = pytest.mark.django_db


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def test_a_note_that_came_without_the_code_is_written_once_it_is_typed(chain, owner, acting, token):
    with acting(owner):
        code = code_of(chain.links.first())
    phone, text = Client(enforce_csrf_checks=True), 'Hiss, "tack"\n<b>'
    sent = phone.post(f"/d/{token}/checklist", {"language": "so", "do": "write", "text": text})
    assert sent.status_code == 422
    with acting(owner):
        assert not Note.objects.exists()
    answer = phone.post(f"/d/{token}/key", hidden_fields(sent.text) | {"code": code}, follow=True)
    assert answer.status_code == 200
    assert answer["Content-Language"] == "so"
    with acting(owner):
        assert Note.objects.get().text.split() == text.split()
    assert "Hiss" in phone.get(f"/d/{token}/checklist").text
