"""Sound files of texts read aloud: of which kind they are by their first bytes, and when one is no longer played."""

import re

from agencies.models import TextAudio, TextBlock

BEGINNING = 512  # bytes, within which an Ogg stream names its codec
OGG_CODECS = (b"OpusHead", b"\x01vorbis")
MP4_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"3gp4")
OF_A_FILM = re.compile(rb"hdlr.{8}vide", re.DOTALL)
SYNC, LAYER_3 = 0b1110_0000, 0b01


def kind_of_sound(content: bytes) -> str:
    """mp3, m4a or ogg, whatever the file is called; empty for everything else, films included."""
    if content.startswith(b"ID3") or _is_mp3_frame(content):
        return "mp3"
    if content[4:8] == b"ftyp" and content[8:12] in MP4_BRANDS and not OF_A_FILM.search(content):
        return "m4a"
    if content.startswith(b"OggS") and any(codec in content[:BEGINNING] for codec in OGG_CODECS):
        return "ogg"
    return ""


def _is_mp3_frame(content: bytes) -> bool:
    return (
        len(content) > 1
        and content[0] == 0xFF
        and content[1] & SYNC == SYNC
        and content[1] >> 1 & 0b11 == LAYER_3
    )


def drop_sound_of(block: TextBlock) -> None:
    """The text says something else now: what was read aloud is played no longer."""
    TextAudio.objects.filter(block=block).delete()
