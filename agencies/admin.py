"""The admin of reference data, rosters and staff; it shows no newcomers."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from agencies.models import (
    Agency,
    Break,
    Dispatch,
    Document,
    Holiday,
    IdentityProvider,
    Location,
    Municipality,
    NamedOpener,
    PatternShift,
    Resource,
    Room,
    Service,
    ServiceDocument,
    ServiceLength,
    Shift,
    ShiftChange,
    Site,
    SiteDay,
    SiteDayChange,
    TextBlock,
    UnusualReading,
    User,
    WeeklyPattern,
)
from agencies.rosters.change import require_covered
from agencies.rosters.held import ShiftIsBooked, held_of
from agencies.secrecy.sealing import seal
from agencies.texts.sounds import drop_sound_of

# Credentials are not edited here: a manager resets them on the pages of agencies.staff.
admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken])


class LocationInline(TranslationTabularInline):
    model = Location
    extra = 0


class RoomInline(admin.TabularInline):
    model = Room
    extra = 0
    autocomplete_fields = ["resource"]


class ServiceDocumentInline(admin.TabularInline):
    model = ServiceDocument
    extra = 0
    autocomplete_fields = ["municipality"]


class ServiceLengthInline(admin.TabularInline):
    model = ServiceLength
    extra = 0
    autocomplete_fields = ["municipality"]


class ShiftForm(forms.ModelForm):
    """Keeps what is booked against a shift within it, as the verbs do."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        before = Shift.objects.filter(pk=self.instance.pk).first()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if before and starts_at and ends_at:
            stays = (
                cleaned.get("resource") == before.resource and cleaned.get("state") == Shift.State.APPROVED
            )
            try:
                require_covered(before, hours=[(starts_at, ends_at)] if stays else [])
            except ShiftIsBooked as refusal:
                raise ValidationError(refusal.message) from refusal
        return cleaned


class ShiftInline(admin.TabularInline):
    model = Shift
    form = ShiftForm
    can_delete = False
    extra = 0
    autocomplete_fields = ["resource"]
    show_change_link = True


class BreakInline(admin.TabularInline):
    model = Break
    extra = 0


class ChangeInline(admin.TabularInline):
    """The changes of a row, read-only; each shows the values before the change."""

    extra = 0
    can_delete = False
    fields = ["pgh_created_at", "pgh_label", "by"]
    ordering = ["-pgh_id"]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        return self.fields

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class SiteDayChangeInline(ChangeInline):
    model = SiteDayChange
    fk_name = "pgh_obj"
    fields = [*ChangeInline.fields, "opens_at", "closes_at"]


class ShiftChangeInline(ChangeInline):
    model = ShiftChange
    fk_name = "site_day"
    fields = [*ChangeInline.fields, "resource", "starts_at", "ends_at", "remote", "desk"]


@admin.register(Site)
class SiteAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "state", "phone", "minimum_notice_days", "walk_minutes", "break_minutes"]
    list_filter = ["state"]
    search_fields = ["name", "code"]
    inlines = [LocationInline]


@admin.register(Location)
class LocationAdmin(TranslationAdmin):
    list_display = ["name", "site", "kind", "premises", "street", "town", "step_free"]
    list_filter = ["kind", "premises", "step_free", "site"]
    list_select_related = ["site"]
    search_fields = ["name", "street", "site__name"]
    inlines = [RoomInline]


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ["short_name", "code", "county", "site", "is_host"]
    list_filter = ["is_host", "site", "county"]
    list_select_related = ["site"]
    search_fields = ["name", "code"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Agency)
class AgencyAdmin(TranslationAdmin):
    list_display = ["name", "code", "state"]
    list_filter = ["code", "state"]
    search_fields = ["name", "code", "municipality__code"]
    autocomplete_fields = ["municipality"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request: HttpRequest, obj: Agency | None = None) -> list[Any]:
        """The code stands in rules, wishes and checklists, and is never changed."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        """Only an agency that has no service yet is deleted; whoever is met no more is ended by the rules' dates."""
        in_use = obj is not None and Service.objects.filter(agency_code=obj.code).exists()
        return super().has_delete_permission(request, obj) and not in_use


@admin.register(Document)
class DocumentAdmin(TranslationAdmin):
    list_display = ["name", "key", "pictogram", "state"]
    list_filter = ["state"]
    search_fields = ["name", "key"]


@admin.register(Service)
class ServiceAdmin(TranslationAdmin):
    list_display = ["title", "agency_code", "minutes", "minutes_per_person", "extra_minutes", "state"]
    list_filter = ["state"]
    search_fields = ["title", "agency_code"]
    inlines = [ServiceLengthInline, ServiceDocumentInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Service | None = None) -> list[Any]:
        return [*super().get_readonly_fields(request, obj), *(["agency_code"] if obj else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Service | None = None) -> bool:
        """A service is ended by the dates of the rules that ask for it."""
        return False


@admin.register(TextBlock)
class TextBlockAdmin(admin.ModelAdmin):
    list_display = [
        "text",
        "slot",
        "service",
        "track",
        "municipality",
        "condition",
        "language",
        "state",
        "valid_to",
    ]
    list_filter = ["slot", "language", "state", "track", "condition", "service"]
    list_select_related = ["service", "municipality"]
    search_fields = ["text"]
    autocomplete_fields = ["municipality"]

    def save_model(self, request: HttpRequest, obj: TextBlock, form: Any, change: bool) -> None:
        """A text that says something else is no longer read aloud."""
        if "text" in form.changed_data and change:
            drop_sound_of(obj)
        super().save_model(request, obj, form, change)


@admin.register(Resource)
class ResourceAdmin(admin.ModelAdmin):
    """Desks, rooms and interpreters, but no parties."""

    list_display = ["__str__", "kind", "caseworker", "room"]
    list_filter = ["kind"]
    list_select_related = ["caseworker", "room"]
    search_fields = ["caseworker__username", "caseworker__last_name", "room__name"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Resource]:
        return super().get_queryset(request).exclude(kind=Resource.Kind.PARTY)


@admin.register(SiteDay)
class SiteDayAdmin(admin.ModelAdmin):
    list_display = ["date", "location", "opens_at", "closes_at"]
    list_filter = ["location__site"]
    list_select_related = ["location"]
    date_hierarchy = "date"
    inlines = [ShiftInline, SiteDayChangeInline, ShiftChangeInline]


@admin.register(Shift)
class ShiftAdmin(admin.ModelAdmin):
    form = ShiftForm
    list_display = ["starts_at", "ends_at", "resource", "site_day", "remote"]
    list_filter = ["remote", "resource__kind", "site_day__location__site"]
    list_select_related = ["resource", "site_day__location"]
    autocomplete_fields = ["resource"]
    inlines = [BreakInline]

    def has_delete_permission(self, request: HttpRequest, obj: Shift | None = None) -> bool:
        """One at a time, and only what nothing is booked against."""
        is_free = obj is not None and not held_of([obj.resource_id], (obj.starts_at, obj.ends_at))
        return is_free and super().has_delete_permission(request, obj)


class PatternShiftInline(admin.TabularInline):
    model = PatternShift
    extra = 0
    autocomplete_fields = ["resource"]


@admin.register(WeeklyPattern)
class WeeklyPatternAdmin(admin.ModelAdmin):
    list_display = ["location", "weekday", "opens", "closes", "valid_from", "valid_to"]
    list_filter = ["weekday", "location__site"]
    list_select_related = ["location"]
    inlines = [PatternShiftInline]


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ["date", "name"]
    date_hierarchy = "date"
    search_fields = ["name"]


class IdentityProviderForm(forms.ModelForm):
    """Takes the client secret in plain text and stores it encrypted."""

    secret = forms.CharField(
        label=_("client secret"),
        required=False,
        widget=forms.PasswordInput,
        help_text=_("Never shown again; leave it empty to keep the present one."),
    )

    def save(self, commit: bool = True) -> IdentityProvider:
        if self.cleaned_data["secret"] or not self.instance.sealed_secret:
            self.instance.sealed_secret = seal(self.cleaned_data["secret"])
        provider: IdentityProvider = super().save(commit)
        return provider


@admin.register(IdentityProvider)
class IdentityProviderAdmin(admin.ModelAdmin):
    form = IdentityProviderForm
    list_display = ["key", "agency", "issuer", "claim", "has_second_factor"]
    list_select_related = ["agency"]
    search_fields = ["key", "issuer"]
    autocomplete_fields = ["agency"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class ReadOnlyAdmin(admin.ModelAdmin):
    """What verbs have written, shown to superusers and changed by nobody."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Dispatch)
class DispatchAdmin(ReadOnlyAdmin):
    """The outbox: what waits, what was given up and why; keys and counts, no names."""

    list_display = [
        "kind",
        "subject",
        "agency",
        "state",
        "attempts",
        "error",
        "asked_at",
        "due_at",
        "ended_at",
    ]
    list_filter = ["state", "kind", "error"]
    list_select_related = ["agency"]


@admin.register(NamedOpener)
class NamedOpenerAdmin(ReadOnlyAdmin):
    """Who may open protected identities where, and who has said so."""

    list_display = ["user", "agency", "site", "named_by", "named_at", "withdrawn_by", "withdrawn_at"]
    list_filter = ["site", "agency__code"]
    list_select_related = ["user", "agency", "site", "named_by", "withdrawn_by"]


@admin.register(UnusualReading)
class UnusualReadingAdmin(ReadOnlyAdmin):
    """Alarms about unusual reading; what was found is for those who look after the reader."""

    list_display = ["user", "agency", "day", "level", "people", "usual", "at", "closed_by", "closed_at"]
    list_filter = ["day", "agency__code"]
    list_select_related = ["user", "agency", "closed_by"]
    exclude = ["word"]


POWERS = ["is_staff", "is_superuser", "groups", "user_permissions"]


@admin.register(User)
class StaffAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "agency", "role", "is_active"]
    list_filter = ["role", "sites", "is_active", "agency__code"]
    list_select_related = ["agency"]
    autocomplete_fields = ["agency", "resource"]
    filter_horizontal = [*UserAdmin.filter_horizontal, "sites"]
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("Work"), {"fields": ["agency", "role", "sites", "sex", "resource", "known_as"]}),
    )
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        (_("Work"), {"fields": ["agency", "role", "sites", "sex", "resource", "known_as"]}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        """Only a superuser reaches superusers."""
        users = super().get_queryset(request)
        return users if request.user.is_superuser else users.filter(is_superuser=False)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        """Only a superuser gives away what a superuser may do."""
        fixed = list(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser else [*fixed, *POWERS]
