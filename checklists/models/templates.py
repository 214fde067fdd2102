from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.codes import AgencyCodeField
from agencies.models import Site, Translated
from bookings.models import Track
from checklists.models.checked import Checked


class Outcome(Checked):  # type: ignore[django-manager-missing]  # that of `changes` is made at run time
    """How a step may end; a list instead of free text, so that nothing about a case is written here."""

    objects: ClassVar[models.Manager["Outcome"]]

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Template(models.Model):  # type: ignore[django-manager-missing]  # that of `steps` is made at run time
    """A version of the steps of one track, for one site or, without `site`, for every site without its own."""

    site = models.ForeignKey(
        Site,
        models.PROTECT,
        related_name="+",
        verbose_name=_("site"),
        null=True,
        blank=True,
        help_text=_("Empty: for every site without one of its own."),
    )
    track = models.ForeignKey(Track, models.PROTECT, related_name="+", verbose_name=_("track"))
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"), help_text=_("Until the next version."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("template of a checklist")
        verbose_name_plural = _("templates of checklists")
        ordering = ["track", "site", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "track", "version"],
                name="template_one_of_each_version",
                nulls_distinct=False,
                violation_error_message=_("That version is already there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.site_id or '–'} {self.track_id} v{self.version}"


class Step(Translated):
    """One step of a template: what one agency does with a party."""

    objects: ClassVar[models.Manager["Step"]]

    template = models.ForeignKey(
        Template, models.CASCADE, related_name="steps", verbose_name=_("template of a checklist")
    )
    agency_code = AgencyCodeField(_("agency"))
    key = models.SlugField(_("key"), max_length=30)
    text = models.CharField(_("step"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"))
    by_check_in = models.BooleanField(_("done when the party is checked in"), default=False)
    only_with_children = models.BooleanField(_("only families with children"), default=False)
    outcomes = models.ManyToManyField(Outcome, related_name="+", verbose_name=_("outcomes"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "key"],
                name="step_once_per_template",
                violation_error_message=_("That step is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="step_has_a_text",
                violation_error_message=_("A step needs a text."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
