"""Whoever keeps a text lets it be read aloud; a file that no phone plays is refused, a text that changes is silent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from agencies.directory.entries import entry_at
from agencies.directory.saving import AgencyChanged, AgencyKeptByOthers
from agencies.directory.sounds import SoundNotUsable, remove_sound, set_sound
from agencies.models import TextAudio, TextBlock
from tests.agencies.directory.test_texts import general, now, write
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory

pytestmark = pytest.mark.django_db
MP3 = b"ID3\x04\x00" + b"\x00" * 200


def put(by, block: TextBlock, content: bytes = MP3, *, seen: int = 0) -> TextAudio:
    entry = entry_at("AF")
    assert entry
    return set_sound(entry=entry, block=block, content=content, seen=seen, by=by, at=timezone.now())


def address(block: TextBlock, more: str = "") -> str:
    return f"/agencies/AF/texts/{block.pk}/sound/{more}"


def send(browser: Client, block: TextBlock, content: bytes, *, version: int = 0, name: str = "läst.mp3"):
    file = SimpleUploadedFile(name, content, content_type="audio/mpeg")
    return browser.post(address(block), {"version": version, "sound": file})


def test_a_sound_is_added_replaced_and_removed_with_who_and_when():
    manager = ManagerFactory(agency="AF")
    block = general("ar")
    assert (put(manager, block).kind, TextAudio.objects.get().added_by) == ("mp3", manager)
    secretariat = SecretariatFactory()
    put(secretariat, block, b"OggS" + b"\x00" * 24 + b"OpusHead", seen=1)
    audio = TextAudio.objects.get()
    assert (audio.kind, audio.added_by, audio.block) == ("ogg", secretariat, block)
    entry = entry_at("AF")
    assert entry
    remove_sound(entry=entry, block=block, seen=2, by=manager, at=timezone.now())
    assert not TextAudio.objects.exists()


def test_others_and_whoever_has_not_seen_the_last_change_write_nothing():
    block = general("ar")
    with pytest.raises(AgencyKeptByOthers):
        put(ManagerFactory(agency="FK"), block)
    with pytest.raises(AgencyChanged):
        put(ManagerFactory(agency="AF"), block, seen=7)
    assert not TextAudio.objects.exists()


@pytest.mark.parametrize("content", [b"", b"<html>", MP3 + b"\x00" * TextAudio.MOST_BYTES])
def test_what_no_phone_plays_is_refused_and_the_sound_before_stays(content):
    manager = ManagerFactory(agency="AF")
    put(manager, general("ar"))
    with pytest.raises(SoundNotUsable):
        put(manager, general("ar"), content, seen=1)
    assert bytes(TextAudio.objects.get().sound) == MP3


def test_the_sound_of_a_text_that_changes_is_gone_and_of_others_stays():
    manager = ManagerFactory(agency="AF")
    for seen, language in enumerate(["ar", "so"]):
        put(manager, general(language), seen=seen)
    write(manager, seen=2, **(now() | {"text_ar": "نتحدث عن العمل."}))
    assert [audio.block for audio in TextAudio.objects.all()] == [general("so")]
    write(manager, seen=3, **(now() | {"state_so": "checked"}))
    assert TextAudio.objects.count() == 1


def test_the_page_takes_the_file_plays_it_and_takes_it_away():
    browser, block = (
        browser_of(ManagerFactory(agency="AF", first_name="Jonas", last_name="Ek")),
        general("ar"),
    )
    editor = f"/agencies/AF/texts/{block.pk}/"
    assert address(block) in browser.get(editor).text
    large = MP3 + b"\x00" * 1_500_000  # more than any other body
    assert send(browser, block, large)["Location"] == f"{editor}#aloud"
    page = browser.get(editor)
    assert "MP3 · Jonas Ek" in words_of(page)
    assert "media-src 'self'" in page["Content-Security-Policy"]
    sound = browser.get(address(block, "listen/"), headers={"range": "bytes=0-2"})
    assert (sound.status_code, sound.content, sound["Content-Type"]) == (206, b"ID3", "audio/mpeg")
    typed = {"version": inputs(browser, editor)["version"]}
    assert browser.post(address(block, "remove/"), typed)["Location"] == f"{editor}#aloud"
    assert not TextAudio.objects.exists()
    assert browser.get(address(block, "listen/")).status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"<html>", 422, "This is no sound that phones play"),
        (b"", 422, "The file is empty"),
        (MP3 + b"\x00" * 2_000_000, 422, "The file is larger than 2 MB"),
        (MP3 + b"\x00" * 2_200_000, 413, ""),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(content, status, words):
    answer = send(browser_of(ManagerFactory(agency="AF")), general("ar"), content)
    assert answer.status_code == status
    assert words in words_of(answer)
    assert not TextAudio.objects.exists()


def test_without_a_file_and_after_a_conflict_the_page_says_so():
    browser, block = browser_of(ManagerFactory(agency="AF")), general("ar")
    assert "Choose a file." in words_of(browser.post(address(block), {"version": 0}))
    assert send(browser, block, MP3, version=5).status_code == 409
    assert send(browser, general("sv"), MP3, version=0).status_code == 302


def test_another_agencys_text_is_not_there():
    browser = browser_of(ManagerFactory(agency="FK"))
    assert send(browser, general("ar"), MP3).status_code == 404
    foreign = f"/agencies/FK/texts/{general('ar').pk}/sound/"
    assert browser.get(foreign).status_code == 404
