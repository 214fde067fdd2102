"""API: the sites, municipalities, agencies, languages, tracks and legal bases that a client chooses from."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BooleanField, CharField, ModelSerializer, Serializer, SlugRelatedField

from agencies.languages import LANGUAGES, Language
from agencies.models import Agency, Location, Municipality, Site
from agencies.spoken import Spoken, common_languages, find_spoken
from agencies.web.api import ApiView
from agencies.web.codes import agency_field
from agencies.web.problem_schema import problems
from bookings.models import LegalBasis, Track


class LocationSerializer(ModelSerializer[Location]):
    class Meta:
        model = Location
        fields = ("kind", "name", "premises", "street", "postcode", "town", "directions", "step_free")


class SiteSerializer(ModelSerializer[Site]):
    """`minimum_notice_days`: the letter needs days in the post."""

    locations = LocationSerializer(many=True)

    class Meta:
        model = Site
        fields = ("code", "name", "state", "phone", "minimum_notice_days", "locations")


class MunicipalitySerializer(ModelSerializer[Municipality]):
    """`site` is where its newcomers are met; `is_host`: the site stands on its own ground."""

    site: SlugRelatedField[Site] = SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Municipality
        fields = ("code", "name", "short_name", "county", "site", "is_host")


class AgencySerializer(ModelSerializer[Agency]):
    """`municipality` is the code of the municipality whose agency it is, null for the national ones."""

    municipality: SlugRelatedField[Municipality] = SlugRelatedField(
        slug_field="code", read_only=True, allow_null=True
    )

    code = agency_field()

    class Meta:
        model = Agency
        fields = ("code", "name", "municipality")


class LanguageSerializer(Serializer[Language]):
    """A language in which letters are written, by its name in itself, Swedish and English."""

    code = CharField()
    name = CharField(source="endonym")
    sv = CharField()
    en = CharField()


class SpokenLanguageSerializer(Serializer[Spoken]):
    """A language that an interpreter interprets, by its ISO 639-3 code; names that are not known are empty."""

    code = CharField()
    macrolanguage = CharField(help_text="The code of the language that it is one of, or empty")
    is_signed = BooleanField()
    name = CharField(source="endonym")
    sv = CharField()
    en = CharField()


class SpokenSearchSerializer(Serializer[Any]):
    search = CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=100,
        help_text="A code or a name, or part of one",
    )


class TrackSerializer(ModelSerializer[Track]):
    summoned_by = agency_field()

    class Meta:
        model = Track
        fields = ("number", "name", "summoned_by")


class LegalBasisSerializer(ModelSerializer[LegalBasis]):
    default_track: SlugRelatedField[Track] = SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = LegalBasis
        fields = ("code", "paragraph", "meaning", "default_track", "valid_from", "valid_to")


class SiteList(ApiView):
    @extend_schema(operation_id="sites", responses={200: SiteSerializer(many=True), **problems(422)})
    def get(self, request: Request) -> Response:
        """Every site, with its locations."""
        return self.page_of(Site.objects.prefetch_related("locations"), SiteSerializer)


class MunicipalityList(ApiView):
    @extend_schema(
        operation_id="municipalities",
        responses={200: MunicipalitySerializer(many=True), **problems(422)},
    )
    def get(self, request: Request) -> Response:
        """Every municipality, with the site that meets its newcomers."""
        return self.page_of(Municipality.objects.select_related("site"), MunicipalitySerializer)


class AgencyList(ApiView):
    @extend_schema(operation_id="agencies", responses={200: AgencySerializer(many=True), **problems(422)})
    def get(self, request: Request) -> Response:
        """Every agency; those of municipalities share the code KOM."""
        return self.page_of(Agency.objects.select_related("municipality"), AgencySerializer)


class LanguageList(ApiView):
    pagination_class = None  # there are six

    @extend_schema(operation_id="languages", responses={200: LanguageSerializer(many=True), **problems()})
    def get(self, request: Request) -> Response:
        """The languages of letters and newcomers' pages."""
        return Response(self.serialized(LanguageSerializer, list(LANGUAGES.values()), many=True))


class SpokenLanguageList(ApiView):
    pagination_class = None  # a search finds thirty at most

    @extend_schema(
        operation_id="spoken_languages",
        parameters=[SpokenSearchSerializer],
        responses={200: SpokenLanguageSerializer(many=True), **problems(422)},
    )
    def get(self, request: Request) -> Response:
        """The languages of interpreters: those that a search finds, without one the common ones."""
        search = self.validated_query(SpokenSearchSerializer)["search"]
        found = find_spoken(search) if search else common_languages()
        return Response(self.serialized(SpokenLanguageSerializer, found, many=True))


class TrackList(ApiView):
    @extend_schema(operation_id="tracks", responses={200: TrackSerializer(many=True), **problems(422)})
    def get(self, request: Request) -> Response:
        """Who summons."""
        return self.page_of(Track.objects.all(), TrackSerializer)


class LegalBasisList(ApiView):
    @extend_schema(
        operation_id="legal_bases", responses={200: LegalBasisSerializer(many=True), **problems(422)}
    )
    def get(self, request: Request) -> Response:
        """The grounds in law, each with the dates between which it holds."""
        return self.page_of(LegalBasis.objects.select_related("default_track"), LegalBasisSerializer)
