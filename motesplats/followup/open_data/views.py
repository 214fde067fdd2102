"""The open data: its page, its files and its catalogue, for everybody; files may be kept by any cache for an hour."""

from collections.abc import Callable, Iterator
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from agencies.web.limits import require_within_address
from agencies.web.problems import problem
from motesplats.followup.open_data.catalogue import LICENCE, catalogue_of
from motesplats.followup.open_data.columns import VERSION, PartsNamed, Row, csv_lines, json_pieces, row_of
from motesplats.followup.open_data.dictionary import DICTIONARY_COLUMNS, entries
from motesplats.followup.open_data.forms import OpenDataForm
from motesplats.followup.open_data.queries import in_pieces, published, streamed

HOUR = 3600
View = Callable[[HttpRequest], HttpResponseBase]


def public_file(view: View) -> View:
    """Open the view to everybody, within limits; its answer may be kept and be read from other sites' pages."""

    @login_not_required
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponseBase:
        require_within_address("open-data", request)
        answer = view(request)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        if answer.status_code == 200:
            answer.headers["Cache-Control"] = f"public, max-age={HOUR}"
        return answer

    return opened


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, what it means, and under which licence; in Swedish or English."""
    require_within_address("open-data", request)
    with override("sv" if get_language() == "sv" else "en"):
        context = {
            "entries": list(entries()),
            "licence": LICENCE,
            "version": VERSION,
            "publisher": settings.OPEN_DATA_PUBLISHER,
            "contact": settings.OPEN_DATA_CONTACT,
        }
        return render(request, "motesplats/followup/open_data/open_data.html", context)


@public_file
def figures_csv(request: HttpRequest) -> HttpResponseBase:
    """The published figures as CSV, streamed."""
    return _streamed(request, "text/csv; charset=utf-8", csv_lines)


@public_file
def figures_json(request: HttpRequest) -> HttpResponseBase:
    """The same as JSON."""
    return _streamed(request, "application/json", lambda rows: json_pieces(rows, licence=LICENCE))


@public_file
def dictionary_csv(_request: HttpRequest) -> HttpResponseBase:
    """The dictionary as CSV."""
    rows = (dict(zip(DICTIONARY_COLUMNS, entry.cells(), strict=True)) for entry in entries())
    text = "".join(csv_lines(rows, columns=DICTIONARY_COLUMNS))
    return HttpResponse(text, content_type="text/csv; charset=utf-8")


@public_file
def catalogue(_request: HttpRequest) -> HttpResponseBase:
    """The catalogue in DCAT-AP-SE."""
    found = catalogue_of(
        base=settings.BASE_URL, publisher=settings.OPEN_DATA_PUBLISHER, contact=settings.OPEN_DATA_CONTACT
    )
    return JsonResponse(found, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def _streamed(
    request: HttpRequest, media: str, write: Callable[[Iterator[Row]], Iterator[str]]
) -> HttpResponseBase:
    form = OpenDataForm(request.GET.dict())
    if not form.is_valid():
        errors = {name or "query": list(map(str, words)) for name, words in form.errors.items()}
        detail = " ".join(word for words in errors.values() for word in words)
        return problem(request.path, status=422, detail=detail, errors=errors)
    named = PartsNamed()
    rows = (row_of(figure, named) for figure in streamed(published(**form.cleaned_data)))
    return StreamingHttpResponse(in_pieces(write(rows)), content_type=media)
