"""The admin of reference data; checklists and consents hold data of persons and are not in the admin."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from checklists.models import ChecklistRule, Outcome, ReferralKind, Step, Template


class StepInline(TranslationTabularInline):
    model = Step
    extra = 0


@admin.register(Outcome)
class OutcomeAdmin(TranslationAdmin):
    list_display = ["name", "code", "state", "valid_from", "valid_to"]
    list_filter = ["state"]


@admin.register(ReferralKind)
class ReferralKindAdmin(TranslationAdmin):
    list_display = ["name", "code", "starters", "state", "valid_from", "valid_to"]
    list_filter = ["state"]


@admin.register(ChecklistRule)
class ChecklistRuleAdmin(admin.ModelAdmin):
    list_display = ["track", "shut_until_met"]
    list_select_related = ["track"]


@admin.register(Template)
class TemplateAdmin(admin.ModelAdmin):
    list_display = ["track", "site", "version", "valid_from"]
    list_filter = ["track", "site"]
    list_select_related = ["track", "site"]
    inlines = [StepInline]
