"""The pages on which a text's sound is added, replaced, heard and taken away."""

from typing import Any

from csp.constants import SELF
from django.http import Http404, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.directory import forms
from agencies.directory.entries import AgencyEntry
from agencies.directory.pages import KEEPERS, changed, entry_or_404, text_or_404
from agencies.directory.queries import sounds_of
from agencies.directory.sounds import remove_sound, set_sound
from agencies.languages import LANGUAGES
from agencies.models import TextAudio, TextBlock
from agencies.sites.pages import READS_AND_WRITES
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.sound_file import sound_file
from agencies.web.uploads import takes_file

MOST_BODY = (
    TextAudio.MOST_BYTES + 100_000
)  # of the form, with a file that is a little too large to be told so


@takes_file(most_bytes=MOST_BODY)
@for_roles(*KEEPERS)
@require_http_methods(READS_AND_WRITES)
def sound(request: StaffRequest, agency: str, text: int) -> HttpResponse:
    """Choose the file that is played beside the text."""
    entry = entry_or_404(request, agency)
    block = _block(entry, text)
    form = forms.SoundForm(
        request.POST or None, files=request.FILES or None, initial={"version": entry.version}
    )
    return _page(
        request,
        entry,
        block,
        form,
        lambda values: set_sound(
            entry=entry,
            block=block,
            content=values["sound"].read(),
            seen=values["version"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@for_roles(*KEEPERS)
@require_POST
def drop_sound(request: StaffRequest, agency: str, text: int) -> HttpResponse:
    """Play it no longer."""
    entry = entry_or_404(request, agency)
    block = _block(entry, text)
    form = forms.AgencyForm(request.POST)
    return _page(
        request,
        entry,
        block,
        form,
        lambda values: remove_sound(
            entry=entry, block=block, seen=values["version"], by=request.user, at=timezone.now()
        ),
    )


@for_roles(*KEEPERS)
@require_safe
def hear_sound(request: StaffRequest, agency: str, text: int) -> HttpResponse:
    """The file itself."""
    block = _block(entry_or_404(request, agency), text)
    audio = TextAudio.objects.filter(block=block).first()
    if audio is None:
        raise Http404
    return sound_file(request, bytes(audio.sound), audio.KINDS[audio.kind])


def _block(entry: AgencyEntry, key: int) -> TextBlock:
    return next(
        row for row in text_or_404(entry, key, today=timezone.localdate()).rows.values() if row.pk == key
    )


def _page(
    request: StaffRequest, entry: AgencyEntry, block: TextBlock, form: forms.AgencyForm, verb: Any
) -> HttpResponse:
    answer = changed(
        request,
        entry,
        form,
        _("Read aloud"),
        verb,
        back=resolve_url("agencies:text", entry.key, block.pk) + "#aloud",
        template="agencies/directory/sound.html",
        row=block,
        language=LANGUAGES[block.language],
        audio=sounds_of([block]).get(block.pk),
    )
    answer._csp_update = {"media-src": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001  as `csp_update` does
    return answer
