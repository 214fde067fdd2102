"""The day's texts can be listened to where somebody has read them aloud, by whoever has opened the day."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import TextAudio, TextBlock, User
from bookings.links.tokens import token_of
from tests.factories.agencies import SecretariatFactory

pytestmark = pytest.mark.django_db
MP3 = b"ID3\x04\x00" + b"\x00" * 200


@pytest.fixture
def token(book, caseworker, acting) -> str:
    """Of a day that has been booked."""
    chain = book()
    with acting(caseworker):
        return token_of(chain.links.first())


def read_aloud(by: User, **which: object) -> list[int]:
    """Give these general texts a sound; their keys."""
    blocks = TextBlock.objects.filter(condition="", municipality=None, **which)
    rows = [
        TextAudio(block=row, kind="mp3", sound=MP3, added_at=timezone.now(), added_by=by) for row in blocks
    ]
    TextAudio.objects.bulk_create(rows)
    return [row.pk for row in rows]


def opened(phone: Client, token: str, language: str = "ar"):
    return phone.post(f"/d/{token}", {"language": language}, follow=True)


def sounds_on(page) -> list[str]:
    return re.findall(r'<audio controls\s+preload="none"\s+src="([^"]+)"', page.text)


def test_a_day_without_sounds_shows_nothing_and_allows_none(phone, token):
    page = opened(phone, token)
    assert "<audio" not in page.text
    assert "media-src" not in page["Content-Security-Policy"]


def test_a_day_plays_what_is_read_aloud_in_its_language(phone, token):
    by = SecretariatFactory()
    mine = read_aloud(by, slot="sheet", language="ar", service__agency_code="MIG", track=None)
    read_aloud(by, slot="sheet", language="so")
    page = opened(phone, token)
    assert sounds_on(page) == [f"/d/{token}/listen/{key}" for key in mine]
    assert 'aria-label="' in page.text
    assert "media-src 'self'" in page["Content-Security-Policy"]
    sound = phone.get(sounds_on(page)[0])
    assert (sound.status_code, sound.content, sound["Content-Type"]) == (200, MP3, "audio/mpeg")
    assert (sound["Accept-Ranges"], sound["Cache-Control"]) == ("bytes", "no-store")
    part = phone.get(sounds_on(page)[0], headers={"range": "bytes=0-1"})
    assert (part.status_code, part.content, part["Content-Range"]) == (206, b"ID", f"bytes 0-1/{len(MP3)}")


def test_why_and_what_is_good_to_know_are_played_too(phone, token):
    by = SecretariatFactory()
    read_aloud(by, slot="why", language="ar")
    read_aloud(by, slot="travel", language="ar")
    assert len(sounds_on(opened(phone, token))) == 2


def test_a_sound_costs_the_day_no_further_query(phone, token):
    opened(phone, token)
    costs = []
    for _each in range(2):
        phone.get(f"/d/{token}")  # reads anew the texts that have changed
        with CaptureQueriesContext(connection) as queries:
            page = phone.get(f"/d/{token}")
        costs.append((len(queries), bool(sounds_on(page))))
        if not sounds_on(page):
            read_aloud(SecretariatFactory(), language="ar")
    assert costs == [(costs[0][0], False), (costs[0][0], True)]


def test_nobody_listens_without_the_day_nor_to_a_text_of_other_days(phone, token):
    (key,) = read_aloud(
        SecretariatFactory(), slot="sheet", language="ar", service__agency_code="MIG", track=None
    )
    address = f"/d/{token}/listen/{key}"
    strangers = [
        phone.get(address),
        phone.get(f"/d/{'A' * 22}/listen/{key}"),
        phone.get(f"/d/{token}/listen/0"),
    ]
    assert {answer.status_code for answer in strangers} == {404}
    assert len({answer.content for answer in strangers}) == 1
    opened(phone, token)
    assert phone.get(address).status_code == 200
    assert phone.get(f"/d/{token}/listen/0").status_code == 404
    TextBlock.objects.filter(pk=key).update(valid_to=timezone.localdate() - timedelta(days=800))
    assert phone.get(address).status_code == 404
