"""What the API answers when it cannot do what is asked: problem details after RFC 9457."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from rest_framework import exceptions

from agencies.refusals import Refusal

log = logging.getLogger(__name__)

KINDS = {
    400: "malformed",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    415: "unsupported-media-type",
    422: "not-usable",
    429: "too-many-requests",
    500: "server-error",
    503: "unavailable",
}
TITLES = {
    400: lambda: _("This cannot be read"),
    401: lambda: _("Sign in first"),
    403: lambda: _("Not allowed"),
    404: lambda: _("Not found"),
    405: lambda: _("This address does not do that"),
    406: lambda: _("Not available in that format"),
    409: lambda: _("Not possible as things stand"),
    415: lambda: _("That format cannot be read"),
    422: lambda: _("Some of this cannot be used"),
    429: lambda: _("Too many requests"),
    500: lambda: _("Something went wrong here"),
    503: lambda: _("Not available just now"),
}


def problem_response(exc: Exception, context: Mapping[str, Any]) -> JsonResponse:
    """The answer to whatever a view of the API raised; nothing of what it wrote is kept."""
    more = context["view"].problem_extras(exc) if isinstance(exc, Refusal) else {}
    transaction.set_rollback(True)
    return problem(context["request"].path, **_told(exc), more=more, headers=_headers(exc))


def no_such_address(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
    """The answer at an address that the API does not have."""
    return problem(request.path, **_told(Http404()))


def unavailable(request: HttpRequest) -> HttpResponse:
    """The answer when nothing may be shown because the read log cannot be written: a page or a problem."""
    if request.path.startswith("/api/"):
        return problem(request.path, status=503, detail=_("Nothing can be shown just now. Try again later."))
    return HttpResponse(render_to_string("503.html"), status=503)


def problem(
    path: str,
    *,
    status: int,
    detail: str,
    kind: str = "",
    errors: Mapping[str, Any] | None = None,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """Problem details; `more` are the members that only this kind of problem has."""
    body = {
        "type": f"/problems/{kind or KINDS[status]}",
        "title": TITLES[status](),
        "status": status,
        "detail": detail,
        "errors": errors or {},
    }
    if status != 404:  # what is not there and what is not the reader's answer alike, byte for byte
        body["instance"] = path
    return JsonResponse(
        body | (more or {}), status=status, headers=headers, content_type="application/problem+json"
    )


def _told(exc: Exception) -> dict[str, Any]:
    """What `problem` is to say of the exception."""
    match exc:
        case Refusal():
            return {"status": exc.status, "kind": exc.kind, "detail": exc.message, "errors": exc.errors}
        case exceptions.ValidationError():
            errors = _plain(exc.detail)
            return {"status": 422} | (
                {"detail": _("Look at the marked fields."), "errors": errors}
                if isinstance(errors, dict)
                else {"detail": " ".join(errors)}
            )
        case Http404() | exceptions.NotFound():
            return {"status": 404, "detail": _("There is nothing here that you can see.")}
        case PermissionDenied():
            return {"status": 403, "detail": _("You are not allowed to do this.")}
        case exceptions.APIException():
            return {"status": exc.status_code, "detail": str(exc.detail)}
    log.error("Unhandled in the API", exc_info=exc)
    return {"status": 500, "detail": _("The error is ours. Nothing has been changed; try again later.")}


def _plain(errors: Any) -> Any:
    """Messages per field and rows per member, as the verbs tell them."""
    if isinstance(errors, list):
        return [_plain(found) for found in errors]
    if not isinstance(errors, dict):
        return str(errors)
    plain = {name: _plain(found) for name, found in errors.items()}
    if list(plain) == ["non_field_errors"]:
        return plain["non_field_errors"]
    if plain and all(isinstance(row, int) for row in plain):
        return [plain.get(row, {}) for row in range(max(plain) + 1)]
    return plain


def _headers(exc: Exception) -> dict[str, str]:
    """What belongs to a 401 and to a 429."""
    told = {"WWW-Authenticate": getattr(exc, "auth_header", None), "Retry-After": getattr(exc, "wait", None)}
    return {name: str(value) for name, value in told.items() if value is not None}
