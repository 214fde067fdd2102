from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.codes import AgencyCodeField
from agencies.models import Agency
from agencies.validators import validate_https
from bookings.models.chains import Meeting


class RemoteRule(models.Model):
    """Which meetings an agency holds at a distance: without a row none. `tool`: its own, approved one."""

    agency = models.OneToOneField(
        Agency, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("agency")
    )
    by_telephone = models.BooleanField(_("meetings by telephone"), default=False)
    by_video = models.BooleanField(_("meetings by video"), default=False)
    tool = models.URLField(_("address of the agency's video tool"), blank=True, validators=[validate_https])
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    said_at = models.DateTimeField(_("written down"))

    class Meta:
        verbose_name = _("rule of meetings at a distance")
        verbose_name_plural = _("rules of meetings at a distance")
        constraints = [
            models.CheckConstraint(
                condition=Q(tool="") | Q(tool__startswith="https://"),
                name="remote_rule_tool_is_https",
                violation_error_message=_("Write an address that begins with https://."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}"

    @property
    def forms(self) -> tuple[Meeting.Form, ...]:
        """The forms that the agency holds, the one at the place first."""
        found = [Meeting.Form.ON_SITE]
        found += [Meeting.Form.TELEPHONE] * self.by_telephone + [Meeting.Form.VIDEO] * self.by_video
        return tuple(found)


class MeetingForm(models.Model):
    """A database view of keys: meetings not held as usual, on the boards of the viewer's sites.

    At a distance, of a group, or held together with the agencies whose codes `together` has.
    """

    meeting = models.OneToOneField(Meeting, models.DO_NOTHING, primary_key=True, related_name="+")
    site_day_id = models.BigIntegerField()
    form = models.CharField(_("form"), max_length=9, choices=Meeting.Form)
    group_id = models.BigIntegerField(null=True)
    together = ArrayField(AgencyCodeField(), default=list)

    class Meta:
        managed = False
        db_table = "meeting_forms"

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.form}"

    @property
    def at_a_distance(self) -> str:
        """The form, empty at the place."""
        return "" if self.form == Meeting.Form.ON_SITE else str(self.form)
