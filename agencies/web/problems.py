"""The API's responses to errors and refusals: problem details (RFC 9457)."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from rest_framework import exceptions

from agencies.refusals import Refusal
from agencies.web.outages import RETRY_AFTER, is_outage
from agencies.web.problem_schema import MEDIA_TYPE

log = logging.getLogger(__name__)

KINDS = {
    400: "malformed",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "conflict",
    412: "precondition-failed",
    413: "too-large",
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
    412: lambda: _("Somebody has changed this meanwhile"),
    413: lambda: _("This is too large"),
    415: lambda: _("That format cannot be read"),
    422: lambda: _("Some of this cannot be used"),
    429: lambda: _("Too many requests"),
    500: lambda: _("Something went wrong here"),
    503: lambda: _("Not available just now"),
}


def problem_response(exc: Exception, context: Mapping[str, Any]) -> JsonResponse:
    """The response to an exception in a view of the API (DRF's EXCEPTION_HANDLER); rolls the transaction back."""
    extras = context["view"].problem_extras(exc) if isinstance(exc, Refusal) else {}
    transaction.set_rollback(True)
    return problem(context["request"].path, **_arguments_for(exc), extras=extras, headers=_headers_for(exc))


def no_such_address(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
    """The 404 at an address that the API does not have."""
    return problem(request.path, **_arguments_for(Http404()))


def problem_of(request: HttpRequest, exc: Exception) -> JsonResponse:
    """The response to an exception that no view of the API has answered."""
    return problem(request.path, **_arguments_for(exc), headers=_headers_for(exc))


def unavailable() -> HttpResponse:
    """A 503 without content: an outer middleware knows the reader and fills it in."""
    return HttpResponse(status=503)


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def problem(
    path: str,
    *,
    status: int,
    detail: str,
    kind: str = "",
    errors: Mapping[str, Any] | None = None,
    extras: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """A response with problem details; `extras` are members that only this kind of problem has."""
    body: dict[str, Any] = {
        "type": f"/problems/{kind or KINDS[status]}",
        "title": TITLES[status](),
        "status": status,
        "detail": detail,
        "errors": errors or {},
        "violations": list(_violations(errors or {})),
    }
    if status != 404:  # every 404 has the same body, so that it does not reveal what exists
        body["instance"] = path
    body |= extras or {}
    return JsonResponse(body, status=status, headers=headers, content_type=MEDIA_TYPE)


def _arguments_for(exc: Exception) -> dict[str, Any]:  # noqa: PLR0911  a return for each kind
    """The arguments of `problem` for the exception: status, kind, detail and errors."""
    match exc:
        case Refusal():
            return {"status": exc.status, "kind": exc.kind, "detail": exc.message, "errors": exc.errors}
        case exceptions.ValidationError():
            errors = flattened(exc.detail)
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
        case RequestDataTooBig():
            return {"status": 413, "detail": _("Send less at a time.")}
        case BadRequest() | SuspiciousOperation() | UnreadablePostError() | MultiPartParserError():
            return {"status": 400, "detail": _("The request cannot be read.")}
    return _of_ours(exc)


def _of_ours(exc: Exception) -> dict[str, Any]:
    """The arguments for what is no fault of the client's: 503 while a service is away, else 500."""
    log.error("Unhandled in the API", exc_info=exc)
    if is_outage(exc):
        return {"status": 503, "detail": _("Nothing can be shown just now. Try again later.")}
    return {"status": 500, "detail": _("The error is ours. Nothing has been changed; try again later.")}


def _violations(errors: Any, pointer: str = "#") -> Iterator[dict[str, str]]:
    """Each message of `errors` with a JSON pointer to what it is about."""
    if isinstance(errors, str):
        yield {"pointer": pointer, "detail": errors}
    elif isinstance(errors, Mapping):
        for name, inner in errors.items():
            yield from _violations(inner, f"{pointer}/{escape_pointer(name)}")
    else:
        for row, inner in enumerate(errors):
            yield from _violations(inner, pointer if isinstance(inner, str) else f"{pointer}/{row}")


def escape_pointer(name: object) -> str:
    """The name as a part of a JSON pointer (RFC 6901)."""
    return str(name).replace("~", "~0").replace("/", "~1")


def flattened(detail: Any) -> Any:
    """DRF's error detail in the form of Refusal.errors: messages per field; for rows, a list with a dict for each."""
    if isinstance(detail, list):
        return [flattened(part) for part in detail]
    if not isinstance(detail, dict):
        return str(detail)
    errors = {name: flattened(part) for name, part in detail.items()}
    if list(errors) == ["non_field_errors"]:
        return errors["non_field_errors"]
    if errors and all(isinstance(row, int) for row in errors):
        return [errors.get(row, {}) for row in range(max(errors) + 1)]
    return errors


def _headers_for(exc: Exception) -> dict[str, str]:
    """The headers of a 401, a 429 and a 503."""
    if is_outage(exc):
        return {"Retry-After": str(RETRY_AFTER)}
    found = {"WWW-Authenticate": getattr(exc, "auth_header", None), "Retry-After": getattr(exc, "wait", None)}
    return {name: str(value) for name, value in found.items() if value is not None}
