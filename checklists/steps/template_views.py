"""The templates of a site's checklists: its coordinator sees each track's and makes the next version."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.codes import met_choices
from agencies.languages import LANGUAGES
from agencies.models import Role, Site
from agencies.refusals import Refusal
from agencies.web.fields import in_latin_digits
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.models import Track
from checklists.models import Step, Template
from checklists.steps.revise import StepWording, revise_template
from checklists.steps.sheet import newest_template

OPEN_LANGUAGES = ("sv", "en")  # whose text fields the page shows first


@require_safe
@for_roles(Role.COORDINATOR, hidden=True)
def template_list(request: StaffRequest) -> HttpResponse:
    """The version in force for each track at each of the coordinator's sites."""
    today = timezone.localdate()
    rows = [
        {"site": site, "track": track, "template": newest_template(site=site.pk, track=track.pk, on=today)}
        for site in request.user.sites.all()
        for track in Track.objects.all()
    ]
    if not rows:
        raise Http404
    return render(request, "checklists/steps/templates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.COORDINATOR, hidden=True)
def revise(request: StaffRequest, site: str, track: int) -> HttpResponse:
    """Change, add, order and remove steps; what is saved is the next version."""
    place = get_object_or_404(request.user.sites, code=site)
    way = get_object_or_404(Track, number=track)
    template = newest_template(site=place.pk, track=way.pk, on=timezone.localdate())
    if template is None:
        raise Http404
    if request.method != "POST":
        return _page(request, place, template, rows=[_row_of(step) for step in template.steps.all()])
    rows = list(_typed_rows(request.POST))
    try:
        revise_template(
            site=place,
            track=way,
            after=_number(request.POST.get("after", "")),
            wordings=[StepWording(row["key"], row["agency"], row["texts"]) for row in rows],
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return _page(request, place, template, rows=rows, refusal=refusal)
    return redirect("checklists:checklist-templates")


def _page(
    request: StaffRequest,
    site: Site,
    template: Template,
    *,
    rows: list[dict[str, Any]],
    refusal: Refusal | None = None,
) -> HttpResponse:
    errors = refusal.errors if refusal else {}
    for number, row in enumerate(rows):
        row["errors"] = errors.get(f"steps-{number}", [])
    empty = {"key": "", "agency": "", "texts": dict.fromkeys(LANGUAGES, ""), "errors": []}
    numbered = enumerate([*rows, empty], start=1)
    shown = [row | {"fields": list(_fields(row)), "place": place} for place, row in numbered]
    context = {
        "site": site,
        "template": template,
        "rows": shown,
        "agencies": met_choices(),
        "refusal": refusal,
    }
    return render(request, "checklists/steps/revise.html", context, status=refusal.status if refusal else 200)


def _row_of(step: Step) -> dict[str, Any]:
    texts = {language: getattr(step, f"text_{language}") or "" for language in LANGUAGES}
    return {"key": step.key, "agency": step.agency_code, "texts": texts}


def _fields(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for language in LANGUAGES.values():
        yield {
            "language": language,
            "text": row["texts"][language.code],
            "is_open": language.code in OPEN_LANGUAGES,
        }


def _typed_rows(data: QueryDict) -> Iterator[dict[str, Any]]:
    """The rows as typed, in the order of their numbers, without those that have no text."""
    columns = {language: data.getlist(f"text_{language}") for language in LANGUAGES}
    places = [_number(place) for place in data.getlist("place")]
    rows = list(zip(places, data.getlist("key"), data.getlist("agency"), *columns.values(), strict=False))
    for _place, key, agency, *texts in sorted(rows, key=lambda row: row[0]):
        if any(text.strip() for text in texts):
            stripped = dict(zip(LANGUAGES, (text.strip() for text in texts), strict=True))
            yield {"key": key, "agency": agency, "texts": stripped}


def _number(text: str) -> int:
    """The number typed, 0 for anything else."""
    typed = in_latin_digits(text)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
