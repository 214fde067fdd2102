"""Which texts exist in six languages; the state is one text among them."""

from modeltranslation.translator import TranslationOptions, register

from agencies.models import Agency, Document, Service


@register(Agency)
class AgencyTexts(TranslationOptions):
    fields = ("name", "state")


@register(Document)
class DocumentTexts(TranslationOptions):
    fields = ("name", "state")


@register(Service)
class ServiceTexts(TranslationOptions):
    fields = ("title", "about", "sheet", "after", "state")
