"""What a client must know before it registers or books: sites, tracks and legal bases."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer, SlugRelatedField

from agencies.models import Location, Site
from bookings.api.base import ApiView
from bookings.api.problems import problems
from bookings.models import LegalBasis, Track


class LocationShape(ModelSerializer):
    class Meta:
        model = Location
        fields = ("kind", "name", "street", "directions", "step_free")


class SiteShape(ModelSerializer):
    """`minimum_notice_days`: the letter needs days in the post."""

    locations = LocationShape(many=True)

    class Meta:
        model = Site
        fields = ("code", "name", "state", "phone", "minimum_notice_days", "locations")


class TrackShape(ModelSerializer):
    class Meta:
        model = Track
        fields = ("number", "name", "summoned_by")


class LegalBasisShape(ModelSerializer):
    default_track = SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = LegalBasis
        fields = ("code", "paragraph", "meaning", "default_track", "valid_from", "valid_to")


class Sites(ApiView):
    @extend_schema(operation_id="sites", responses={200: SiteShape(many=True), **problems(401)})
    def get(self, request: Request) -> Response:
        """Every site, with its locations."""
        return self.page_of(Site.objects.prefetch_related("locations"), SiteShape)


class Tracks(ApiView):
    @extend_schema(operation_id="tracks", responses={200: TrackShape(many=True), **problems(401)})
    def get(self, request: Request) -> Response:
        """Who summons."""
        return self.page_of(Track.objects.all(), TrackShape)


class LegalBases(ApiView):
    @extend_schema(operation_id="legal_bases", responses={200: LegalBasisShape(many=True), **problems(401)})
    def get(self, request: Request) -> Response:
        """The grounds in law, each with the dates between which it holds."""
        return self.page_of(LegalBasis.objects.select_related("default_track"), LegalBasisShape)
