"""The translated fields; `state` is among them, so that each language has its own state."""

from modeltranslation.translator import TranslationOptions, register

from agencies.models import Agency, Document, Location, Service


@register(Agency)
class AgencyTexts(TranslationOptions):
    fields = ("name", "state")


@register(Document)
class DocumentTexts(TranslationOptions):
    fields = ("name", "state")


@register(Location)
class LocationTexts(TranslationOptions):
    fields = ("directions", "directions_state")


@register(Service)
class ServiceTexts(TranslationOptions):
    fields = ("title", "agency_name", "state")
