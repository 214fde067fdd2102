from typing import Any, cast

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

from agencies.models.blocks import TextBlock
from agencies.models.days import Holiday, SiteDay
from agencies.models.identity import IdentityProvider
from agencies.models.organisation import Agency, Location, Municipality, Site
from agencies.models.services import Service, ServiceDocument, ServiceLength
from agencies.models.shifts import Shift
from agencies.models.thresholds import Threshold


class Change(Event):
    """A change of a row: who and when, with the row's fields as they were before the change."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        related_name="+",
        verbose_name=_("who"),
        null=True,
        db_constraint=False,
        db_default=Func(function="viewer_user", output_field=models.BigIntegerField()),
    )

    class Meta:
        abstract = True

    @classmethod
    def tracked_fields(cls) -> list["models.Field[Any, Any]"]:
        """The fields that were copied from the row."""
        return [field for field in cls._meta.fields if field.name != "by" and field.name[:4] != "pgh_"]


def changes_of(model: type[models.Model], *trackers: Any, fields: list[str]) -> type[Change]:
    """The abstract model of the changes to `model`; database triggers write its rows, by default at each update."""
    change = pghistory.create_event_model(
        model,
        *trackers or (pghistory.UpdateEvent(row="OLD"),),
        fields=fields,
        base_model=Change,
        context_field=None,  # type: ignore[arg-type]  # None leaves the field out
        obj_field=pghistory.ObjForeignKey(related_name="changes", related_query_name="changes"),
    )
    return cast("type[Change]", change)


def from_first_to_last() -> tuple[Any, ...]:
    """The trackers of a row whose creation and deletion are recorded as well."""
    return pghistory.InsertEvent(), pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent()


class SiteDayChange(
    changes_of(  # type: ignore[misc]  # made at run time
        SiteDay, *from_first_to_last(), fields=["location", "date", "opens_at", "closes_at", "closed_at"]
    )
):
    class Meta:
        verbose_name = _("change of a site day")
        verbose_name_plural = _("changes of site days")
        ordering = ["-pgh_id"]


class ShiftChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Shift,
        *from_first_to_last(),
        fields=["site_day", "resource", "starts_at", "ends_at", "remote", "desk", "state", "standby_until"],
    )
):
    class Meta:
        verbose_name = _("change of a shift")
        verbose_name_plural = _("changes of shifts")
        ordering = ["-pgh_id"]


class SiteChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Site,
        fields=[
            "name",
            "state",
            "phone",
            "phone_hours",
            "phone_from",
            "phone_to",
            "owner",
            "minimum_notice_days",
            "walk_minutes",
            "break_after_stops",
            "break_minutes",
            "lunch_from",
            "lunch_to",
            "lunch_minutes",
            "lunch_minutes_with_children",
            "several_days",
            "rooms_are_scarce",
            "thin_hours",
        ],
    )
):
    class Meta:
        verbose_name = _("change of a site")
        verbose_name_plural = _("changes of sites")
        ordering = ["-pgh_id"]


class LocationChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Location,
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(row="OLD"),
        fields=[
            "site",
            "kind",
            "name",
            "premises",
            "street",
            "postcode",
            "town",
            "directions",
            "step_free",
            "checks_identity",
            "state",
            "version",
        ],
    )
):
    class Meta:
        verbose_name = _("change of a location")
        verbose_name_plural = _("changes of locations")
        ordering = ["-pgh_id"]


class MunicipalityChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Municipality, fields=["site", "is_host", "phone", "email", "address", "web"]
    )
):
    class Meta:
        verbose_name = _("change of a municipality")
        verbose_name_plural = _("changes of municipalities")
        ordering = ["-pgh_id"]


class AgencyChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Agency,
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(row="OLD"),
        fields=[
            "name",
            "phone",
            "web",
            "email",
            "address",
            "deaf_contact",
            "version",
        ],
    )
):
    class Meta:
        verbose_name = _("change of an agency")
        verbose_name_plural = _("changes of agencies")
        ordering = ["-pgh_id"]


class ServiceChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Service,
        fields=[
            "title",
            "minutes",
            "minutes_per_person",
            "extra_minutes",
            "is_local",
            "checks_identity",
            "version",
        ],
    )
):
    class Meta:
        verbose_name = _("change of a service")
        verbose_name_plural = _("changes of services")
        ordering = ["-pgh_id"]


class ServiceLengthChange(
    changes_of(  # type: ignore[misc]  # made at run time
        ServiceLength,
        *from_first_to_last(),
        fields=[
            "service",
            "track",
            "municipality",
            "minutes",
            "minutes_per_person",
            "extra_minutes",
        ],
    )
):
    class Meta:
        verbose_name = _("change of a length")
        verbose_name_plural = _("changes of lengths")
        ordering = ["-pgh_id"]


class ServiceDocumentChange(
    changes_of(  # type: ignore[misc]  # made at run time
        ServiceDocument,
        *from_first_to_last(),
        fields=[
            "service",
            "document",
            "track",
            "municipality",
            "only_with_children",
            "housing",
        ],
    )
):
    class Meta:
        verbose_name = _("change of a document to bring")
        verbose_name_plural = _("changes of documents to bring")
        ordering = ["-pgh_id"]


class TextBlockChange(
    changes_of(  # type: ignore[misc]  # made at run time
        TextBlock,
        *from_first_to_last(),
        fields=[
            "slot",
            "agency_code",
            "service",
            "track",
            "municipality",
            "condition",
            "language",
            "state",
            "valid_from",
            "valid_to",
            "text",
        ],
    )
):
    class Meta:
        verbose_name = _("change of a text")
        verbose_name_plural = _("changes of texts")
        ordering = ["-pgh_id"]


class IdentityProviderChange(
    changes_of(  # type: ignore[misc]  # made at run time
        IdentityProvider,
        *from_first_to_last(),
        fields=[
            "key",
            "issuer",
            "client_id",
            "scope",
            "claim",
            "email_is_verified",
            "has_second_factor",
            "second_factor_values",
            "is_on",
        ],
    )
):
    class Meta:
        verbose_name = _("change of an identity provider")
        verbose_name_plural = _("changes of identity providers")
        ordering = ["-pgh_id"]


class ThresholdChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Threshold, *from_first_to_last(), fields=["code", "value", "valid_from"]
    )
):
    class Meta:
        verbose_name = _("change of a threshold")
        verbose_name_plural = _("changes of thresholds")
        ordering = ["-pgh_id"]


class HolidayChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Holiday, *from_first_to_last(), fields=["date", "name"]
    )
):
    class Meta:
        verbose_name = _("change of a holiday")
        verbose_name_plural = _("changes of holidays")
        ordering = ["-pgh_id"]
