"""The checklist as an agency sees it: its own steps to tick, and those of others that are disclosed to it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.refusals import Refusal
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from checklists.models import Part
from checklists.steps.forms import AgencyNoteForm, NoteForm, ReferralForm, TickForm
from checklists.steps.note import write_agency_note, write_note
from checklists.steps.refer import refer
from checklists.steps.sheet import (
    Sheet,
    agency_notes_of,
    is_shut_at_first,
    kinds_on,
    parts_of,
    sheet_of,
    steps_of,
    version_of,
)
from checklists.steps.tick import tick_step, untick_step


@require_safe
def checklist_page(request: StaffRequest, reference: str) -> HttpResponse:
    """The steps, how far they have come, what is next and with whom, the note, the referrals."""
    return _page(request, _parts(reference))


@require_POST
def tick(request: StaffRequest, reference: str, key: str) -> HttpResponse:
    """Tick a step of one's own agency, or take the tick back."""
    parts = _parts(reference)
    part, at = _own(parts), timezone.now()
    step = get_object_or_404(steps_of(part, on=timezone.localdate()), key=key)
    if "untick" in request.POST:
        try:
            untick_step(part=part, step=step, seen=request.POST.get("seen", ""), by=request.user, at=at)
        except Refusal as refusal:
            return _page(request, parts, refusal=refusal)
        return redirect("checklists:checklist", reference)
    form = TickForm(request.POST, step=step)
    if form.is_accepted(lambda typed: tick_step(part=part, step=step, **typed, by=request.user, at=at)):
        return redirect("checklists:checklist", reference)
    return _page(request, parts, key, form)


@require_POST
def note(request: StaffRequest, reference: str) -> HttpResponse:
    """Write the note before the meeting for the party; only the agency that summons it may."""
    parts = _parts(reference)
    party, at = _own(parts).party_id, timezone.now()
    if _own(parts).owner_id != request.user.agency_id:
        raise Http404
    form = NoteForm(request.POST)
    if form.is_accepted(lambda typed: write_note(party_id=party, **typed, by=request.user, at=at)):
        return redirect("checklists:checklist", reference)
    return _page(request, parts, "note", form)


@require_POST
def agency_note(request: StaffRequest, reference: str) -> HttpResponse:
    """Write one's own agency's note of the party."""
    parts = _parts(reference)
    part, at, form = _own(parts), timezone.now(), AgencyNoteForm(request.POST)
    if form.is_accepted(lambda typed: write_agency_note(part=part, **typed, by=request.user, at=at)):
        return redirect("checklists:checklist", reference)
    return _page(request, parts, "agency-note", form)


@require_POST
def start_referral(request: StaffRequest, reference: str, code: str) -> HttpResponse:
    """Record that one's own agency has started a joint effort."""
    parts = _parts(reference)
    part, at = _own(parts), timezone.now()
    kind = get_object_or_404(kinds_on(timezone.localdate()), code=code)
    form = ReferralForm(request.POST, auto_id=f"{code}_%s")
    if form.is_accepted(lambda typed: refer(part=part, kind=kind, **typed, by=request.user, at=at)):
        return redirect("checklists:checklist", reference)
    return _page(request, parts, code, form)


def _parts(reference: str) -> list[Part]:
    parts = parts_of(reference)
    if not parts:
        raise Http404
    return parts


def _own(parts: list[Part]) -> Part:
    """One's own agency's part; staff who see any part have one."""
    return next(part for part in parts if part.is_own)


def _page(
    request: StaffRequest,
    parts: list[Part],
    name: str = "",
    form: RefusableForm | None = None,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page; `form` is one that was not accepted, `name` says where it stands: a step, the note or a kind."""
    today = timezone.localdate()
    sheet = sheet_of(parts, on=today)
    if sheet is None:
        raise Http404
    forms = {name: form} if form else {}
    notes = list(agency_notes_of(_own(parts)))
    note_now = notes[0] if notes else None
    context = {
        "sheet": sheet,
        "refusal": refusal,
        "is_shut_at_first": is_shut_at_first(parts[0]),
        "is_owner": _own(parts).owner_id == request.user.agency_id,
        "rows": list(_rows(sheet, forms, today=today)),
        "note_form": forms.get("note") or NoteForm(initial={"text": sheet.note.text if sheet.note else ""}),
        "agency_notes": notes,
        "agency_note_version": version_of(note_now),
        "agency_note_form": forms.get("agency-note")
        or AgencyNoteForm(initial={"text": note_now.text if note_now else ""}),
        "kinds": list(_kinds(sheet, forms, today=today)),
    }
    refused = refusal or form
    status = refused.status if refused else 200
    return render(request, "checklists/steps/checklist.html", context, status=status)


def _rows(sheet: Sheet, forms: dict[str, Any], *, today: date) -> Iterator[dict[str, Any]]:
    """One's own steps, each with its form: the refused one, or one with today's date."""
    if sheet.own is None:
        return
    own = sheet.own
    for step, line, version in zip(own.steps, own.lines, own.versions, strict=True):
        form = forms.get(step.key) or TickForm(step=step, initial={"done_on": today})
        yield {"step": step, "line": line, "version": version, "form": form}


def _kinds(sheet: Sheet, forms: dict[str, Any], *, today: date) -> Iterator[dict[str, Any]]:
    """The kinds of referrals, each with those started and whether one's own agency may start it."""
    code = sheet.parts[0].agency.code
    for kind in kinds_on(today):
        yield {
            "kind": kind,
            "started": [referral for referral in sheet.referrals if referral.kind_id == kind.pk],
            "is_own": code in kind.starters,
            "form": forms.get(kind.code)
            or ReferralForm(initial={"started_on": today}, auto_id=f"{kind.code}_%s"),
        }
