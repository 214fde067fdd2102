"""The admin of tracks, legal bases and rules of attendance. No model with personal data is registered."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from bookings.models import AttendanceRule, LegalBasis, Precedence, Track


class PrecedenceInline(admin.TabularInline):
    model = Precedence
    extra = 0


@admin.register(Track)
class TrackAdmin(TranslationAdmin):
    list_display = ["number", "name", "summoned_by"]
    search_fields = ["name"]
    inlines = [PrecedenceInline]


@admin.register(LegalBasis)
class LegalBasisAdmin(TranslationAdmin):
    list_display = ["code", "paragraph", "meaning", "default_track", "valid_from", "valid_to"]
    list_filter = ["default_track"]
    list_select_related = ["default_track"]
    search_fields = ["code", "paragraph", "meaning"]


@admin.register(AttendanceRule)
class AttendanceRuleAdmin(admin.ModelAdmin):
    list_display = [
        "agency_code",
        "concerns",
        "min_age",
        "max_age",
        "valid_from",
        "valid_to",
        "is_default",
        "who",
    ]
    list_filter = ["agency_code", "tracks", "valid_from"]
    filter_horizontal = ["tracks"]
