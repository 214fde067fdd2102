"""The joint summons as PDF."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer

from agencies.models import Reading
from agencies.read_log.log import read_for
from agencies.web.api import ApiView
from agencies.web.limits import require_within_both
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.models import Link, Summons
from bookings.models.expected import at_hand
from bookings.summons.adults import adults_by_number
from bookings.summons.copies import copies_of, copy_of


class SummonsQuerySerializer(serializers.Serializer[Any]):
    adult = serializers.IntegerField(
        required=False, min_value=1, help_text="Only the copy of the first, second, …"
    )
    version = serializers.IntegerField(required=False, min_value=1, help_text="The latest unless told")


class Pdf(BaseRenderer):
    """Lets a client send `Accept: application/pdf`; the view answers with the bytes itself."""

    media_type = "application/pdf"
    format = "pdf"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        raise NotImplementedError


@read_for(Reading.Why.SUMMONS)
class SummonsPdf(ApiView):
    renderer_classes = (Pdf, JSONRenderer)

    @extend_schema(
        operation_id="summons",
        parameters=[SummonsQuerySerializer],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, **problems(404, 409, 422)},
    )
    def get(self, request: ApiRequest, reference: str) -> HttpResponse:
        """All the adults' copies in one PDF, or one adult's."""
        which = self.validated_query(SummonsQuerySerializer)
        summons = _version(reference, which.get("version"))
        require_within_both("letters", request, request.user)
        return HttpResponse(
            _printed(summons, which.get("adult")),
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{reference}.pdf"'},
        )


def _version(reference: str, version: int | None) -> Summons:
    """That version of the chain's summons, or the latest."""
    versions = Summons.objects.select_related("chain").filter(
        at_hand("chain__party_id"), chain__reference=reference
    )
    found = versions.filter(version=version).first() if version else versions.first()
    if found is None:
        raise Http404
    return found


def _printed(summons: Summons, adult: int | None) -> bytes:
    if adult is None:
        return copies_of(summons)
    links = Link.objects.filter(chain=summons.chain_id).select_related("newcomer")
    link = adults_by_number(links).get(str(adult))
    if link is None:
        raise Http404
    return copy_of(summons, link)
