from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

from agencies.models.resources import Shift, SiteDay


class Change(Event):
    """Who changed a row and when; the subclass's fields are the row as it was before."""

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
    def tracked_fields(cls) -> list[models.Field]:
        """What is known of the row before: its columns that can change or say whose it is."""
        return [field for field in cls._meta.fields if field.name != "by" and field.name[:4] != "pgh_"]


def changes_of(model: type[models.Model], *trackers: Any, fields: list[str]) -> type[Change]:
    """A model of the changes to `model`, which the database's triggers write."""
    return pghistory.create_event_model(
        model,
        *trackers or (pghistory.UpdateEvent(row="OLD"),),
        fields=fields,
        base_model=Change,
        context_field=None,
        obj_field=pghistory.ObjForeignKey(related_name="changes", related_query_name="changes"),
    )


def from_first_to_last() -> tuple[Any, ...]:
    """The trackers of a row whose coming and going no verb tells."""
    return pghistory.InsertEvent(), pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent()


class SiteDayChange(
    changes_of(SiteDay, *from_first_to_last(), fields=["location", "date", "opens_at", "closes_at"])
):
    class Meta:
        verbose_name = _("change of a site day")
        verbose_name_plural = _("changes of site days")
        ordering = ["-pgh_id"]


class ShiftChange(
    changes_of(
        Shift,
        *from_first_to_last(),
        fields=["site_day", "resource", "starts_at", "ends_at", "remote", "desk"],
    )
):
    class Meta:
        verbose_name = _("change of a shift")
        verbose_name_plural = _("changes of shifts")
        ordering = ["-pgh_id"]
