"""The fields that have a column per language; `state` is one of them, because each text has its own state."""

from modeltranslation.translator import TranslationOptions, register

from checklists.models import Outcome, ReferralKind, Step


@register(Outcome)
class OutcomeTexts(TranslationOptions):
    fields = ("name", "state", "checked_by", "checked_at")


@register(ReferralKind)
class ReferralKindTexts(TranslationOptions):
    fields = ("name", "purpose", "precondition", "started_by", "state", "checked_by", "checked_at")


@register(Step)
class StepTexts(TranslationOptions):
    fields = ("text", "state")
