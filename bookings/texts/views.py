"""Pages of all texts: what is missing, the letter as it looks, files for translators."""

from typing import Any

from csp.constants import NONE, SELF
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.directory.entries import entries_of
from agencies.directory.pages import KEEPERS
from agencies.languages import LANGUAGES
from agencies.models import TextBlock
from agencies.refusals import Refusal
from agencies.web.csv_file import csv_file
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.uploads import takes_file
from bookings.summons.render import render as render_letter
from bookings.texts.example import example_letter
from bookings.texts.exchange import PO, XLF, FileNotRead, Unit, read_file, to_po, to_xliff, units_of
from bookings.texts.overview import PlaceRow, counts, place_rows
from bookings.texts.take_in import TakenIn, take_in

KINDS = {PO: ("text/x-gettext-translation", to_po), XLF: ("application/xliff+xml", to_xliff)}
MOST_BYTES = 900_000
TRANSLATED = [code for code in LANGUAGES if code != "sv"]


@for_roles(*KEEPERS)
@require_safe
def texts(request: StaffRequest) -> HttpResponse:
    """Each text with its state in each language, of one `slot` or all; `only=missing` leaves out what is whole."""
    slot = request.GET.get("slot", "")
    rows = [row for row in _rows(request) if slot in ("", row.place.slot)]
    only = request.GET.get("only", "")
    shown = [
        row for row in rows if not only or row.has("missing") or (only == "drafts" and not _is_checked(row))
    ]
    if request.GET.get("format") == "csv":
        return _as_csv(shown)
    return _page(request, rows=shown, counts=counts(rows), only=only)


@for_roles(*KEEPERS)
@require_safe
def text_file(request: StaffRequest, language: str, kind: str) -> HttpResponse:
    """The texts of a language as a translator's file."""
    if language not in TRANSLATED or kind not in KINDS:
        raise Http404
    media_type, write = KINDS[kind]
    body = write(units_of(_rows(request), language), language)
    disposition = f'attachment; filename="motesplats-{language}.{kind}"'
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": disposition})


@for_roles(*KEEPERS)
@require_http_methods(["POST"])
@takes_file
def text_import(request: StaffRequest) -> HttpResponse:
    """Take a translator's file in, all of it or nothing."""
    language = request.POST.get("language", "")
    if language not in TRANSLATED:
        return _refused(request, _("Choose a language and a file."))
    try:
        units = _sent_units(request)
        taken = take_in(
            units=units, rows=_rows(request), language=language, by=request.user, at=timezone.now()
        )
    except FileNotRead as error:
        return _refused(request, str(error))
    except Refusal as refusal:
        return _refused(request, refusal.message, status=refusal.status)
    if taken.errors:
        return _refused(request, _("Nothing is taken in. Mend these rows and send the file again."), taken)
    return redirect(f"{request.path.removesuffix('import/')}?taken={taken.changed}")


@for_roles(*KEEPERS)
@require_safe
def text_letter(request: StaffRequest, language: str, track: int) -> HttpResponse:
    """The letter of an invented family as it is printed with the texts of today; a frame beside the editor shows it."""
    if language not in LANGUAGES:
        raise Http404
    letter = example_letter(language=language, track=track, on=timezone.localdate())
    if letter is None:
        raise Http404
    require_within_both("letters", request, request.user)
    answer = HttpResponse(render_letter(letter), content_type="application/pdf")
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    # A browser shows a PDF as an object of its own.
    policy = {"default-src": [NONE], "object-src": [SELF], "frame-ancestors": [SELF]}
    answer._csp_replace = policy  # type: ignore[attr-defined]  # noqa: SLF001  as `csp_replace` does
    return answer


def _sent_units(request: StaffRequest) -> list[Unit]:
    """What stands in the file that was sent. Raises FileNotRead."""
    file = request.FILES.get("file")
    if file is None:
        raise FileNotRead(_("Choose a language and a file."))
    if file.size is None or file.size > MOST_BYTES:
        raise FileNotRead(_("The file is larger than any of ours."))
    units = read_file(file.read())
    if not units:
        raise FileNotRead(_("There is no text in the file."))
    return units


def _rows(request: StaffRequest) -> list[PlaceRow]:
    """The places that the user keeps: the secretariat all, a manager those of the own agency."""
    keys = {entry.key for entry in entries_of(request.user)}
    rows = place_rows(on=timezone.localdate(), agency=request.GET.get("agency", ""))
    return [row for row in rows if row.entry in keys]


def _is_checked(row: PlaceRow) -> bool:
    return set(row.states.values()) <= {"checked", "shared"}


def _page(request: StaffRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    empty = {"refusal": "", "taken": None, "only": ""}
    taken = request.GET.get("taken", "")
    context |= {
        "languages": LANGUAGES.values(),
        "translated": [LANGUAGES[code] for code in TRANSLATED],
        "entries": entries_of(request.user),
        "slots": TextBlock.Slot.choices,
        "slot": request.GET.get("slot", ""),
        "agency": request.GET.get("agency", ""),
        "changed": taken if taken.isdecimal() else "",
    }
    return render(request, "bookings/texts/texts.html", empty | context, status=status)


def _refused(
    request: StaffRequest, message: str, taken: TakenIn | None = None, *, status: int = 422
) -> HttpResponse:
    rows = _rows(request)
    return _page(request, rows=rows, counts=counts(rows), refusal=message, taken=taken, status=status)


def _as_csv(rows: list[PlaceRow]) -> HttpResponse:
    head = [_("text"), _("for whom"), *(language.sv for language in LANGUAGES.values())]
    return csv_file("texts.csv", [head, *([row.name, row.whom, *row.states.values()] for row in rows)])
