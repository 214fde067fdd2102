"""API: the sites, tracks and legal bases that a client chooses from."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer, SlugRelatedField

from agencies.models import Location, Site
from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from bookings.models import LegalBasis, Track


class LocationSerializer(ModelSerializer[Location]):
    class Meta:
        model = Location
        fields = ("kind", "name", "street", "directions", "step_free")


class SiteSerializer(ModelSerializer[Site]):
    """`minimum_notice_days`: the letter needs days in the post."""

    locations = LocationSerializer(many=True)

    class Meta:
        model = Site
        fields = ("code", "name", "state", "phone", "minimum_notice_days", "locations")


class TrackSerializer(ModelSerializer[Track]):
    class Meta:
        model = Track
        fields = ("number", "name", "summoned_by")


class LegalBasisSerializer(ModelSerializer[LegalBasis]):
    default_track: SlugRelatedField[Track] = SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = LegalBasis
        fields = ("code", "paragraph", "meaning", "default_track", "valid_from", "valid_to")


class SiteList(ApiView):
    @extend_schema(operation_id="sites", responses={200: SiteSerializer(many=True), **problems(401)})
    def get(self, request: Request) -> Response:
        """Every site, with its locations."""
        return self.page_of(Site.objects.prefetch_related("locations"), SiteSerializer)


class TrackList(ApiView):
    @extend_schema(operation_id="tracks", responses={200: TrackSerializer(many=True), **problems(401)})
    def get(self, request: Request) -> Response:
        """Who summons."""
        return self.page_of(Track.objects.all(), TrackSerializer)


class LegalBasisList(ApiView):
    @extend_schema(
        operation_id="legal_bases", responses={200: LegalBasisSerializer(many=True), **problems(401)}
    )
    def get(self, request: Request) -> Response:
        """The grounds in law, each with the dates between which it holds."""
        return self.page_of(LegalBasis.objects.select_related("default_track"), LegalBasisSerializer)
