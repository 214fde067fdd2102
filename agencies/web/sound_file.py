"""A sound file as an answer, whole or the part that was asked for: iPhones play none without parts."""

import re

from django.http import HttpRequest, HttpResponse

ASKED = re.compile(r"bytes=(\d{0,12})-(\d{0,12})", re.ASCII)
PART, NO_PART = 206, 416


def sound_file(request: HttpRequest, sound: bytes, media_type: str) -> HttpResponse:
    """200 with all of it, 206 with the bytes of `Range`, or 416 where there are none."""
    length = len(sound)
    asked = ASKED.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()):
        return _answer(sound, media_type)
    first, last = _part(asked[1], asked[2], length)
    if first > last:
        return _answer(b"", media_type, status=NO_PART, part=f"bytes */{length}")
    part = f"bytes {first}-{last}/{length}"
    return _answer(sound[first : last + 1], media_type, status=PART, part=part)


def _part(first: str, last: str, length: int) -> tuple[int, int]:
    """The first and last byte, counted from 0; without a first one as many as `last` says, from the end."""
    if not first:
        return max(0, length - int(last)), length - 1
    return int(first), min(int(last), length - 1) if last else length - 1


def _answer(content: bytes, media_type: str, *, status: int = 200, part: str = "") -> HttpResponse:
    headers = {"Accept-Ranges": "bytes"} | ({"Content-Range": part} if part else {})
    return HttpResponse(content, content_type=media_type, status=status, headers=headers)
