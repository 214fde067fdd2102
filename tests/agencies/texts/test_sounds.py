"""The kind of a sound is read from its first bytes."""

import pytest

from agencies.texts.sounds import kind_of_sound

M4A = b"\x00\x00\x00\x20ftypM4A \x00\x00\x02\x00"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"ID3\x04\x00" + b"\x00" * 20, "mp3"),
        (b"\xff\xfb\x90\x64", "mp3"),
        (M4A, "m4a"),
        (b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead", "ogg"),
        (b"OggS\x00\x02" + b"\x00" * 22 + b"\x01vorbis", "ogg"),
        (b"OggS\x00\x02" + b"\x00" * 22 + b"\x80theora", ""),
        (M4A + b"hdlr" + b"\x00" * 8 + b"vide", ""),
        (b"\xff\xf1\x50\x80", ""),  # bare AAC
        (b"RIFF\x24\x00\x00\x00WAVE", ""),
        (b"<html><script>", ""),
        (b"%PDF-1.7", ""),
        (b"\xff", ""),
        (b"", ""),
    ],
)
def test_only_sounds_that_phones_play_have_a_kind(content: bytes, kind: str) -> None:
    assert kind_of_sound(content) == kind
