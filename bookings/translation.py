"""The fields that are kept in every language."""

from modeltranslation.translator import TranslationOptions, register

from bookings.models import LegalBasis, Track


@register(Track)
class TrackTexts(TranslationOptions):
    fields = ("name",)


@register(LegalBasis)
class LegalBasisTexts(TranslationOptions):
    fields = ("meaning",)
