"""A sound is answered whole or in the part that was asked for."""

import pytest
from django.test import RequestFactory

from agencies.web.sound_file import sound_file

SOUND = b"0123456789"


@pytest.mark.parametrize(
    ("asked", "status", "content", "part"),
    [
        ("", 200, SOUND, None),
        ("bytes=0-1", 206, b"01", "bytes 0-1/10"),  # with this an iPhone begins
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, SOUND, "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=-", 200, SOUND, None),
        ("bytes=0-1,4-5", 200, SOUND, None),
        ("lines=1-2", 200, SOUND, None),
        ("bytes=٠-١", 200, SOUND, None),
    ],
)
def test_the_part_that_was_asked_for_is_answered(asked, status, content, part) -> None:
    answer = sound_file(RequestFactory().get("/", headers={"range": asked}), SOUND, "audio/mpeg")
    assert (answer.status_code, answer.content, answer.get("Content-Range")) == (status, content, part)
    assert (answer["Accept-Ranges"], answer["Content-Type"]) == ("bytes", "audio/mpeg")
