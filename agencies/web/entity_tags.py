"""Entity tags of the API's answers, and the If-Match with which a request says what its caller has seen."""

import re

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.refusals import Refusal

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of what you have seen; if it has changed since, 412 and nothing is done.",
)
STRONG = re.compile(r'(?<![/\w])"([^"]*)"')


class PreconditionFailed(Refusal):
    """What the request is about has changed since its caller looked."""

    kind = "precondition-failed"
    status = 412


def with_tag(response: Response, tag: str) -> Response:
    """The response with its strong entity tag."""
    response["ETag"] = f'"{tag}"'
    return response


def seen_by(request: Request) -> frozenset[str] | None:
    """The strong tags of If-Match, without quotation marks; None when any version will do."""
    header = request.headers.get("If-Match", "*").strip()
    return None if header == "*" else frozenset(STRONG.findall(header))
