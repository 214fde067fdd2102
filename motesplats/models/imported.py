from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.validators import validate_plain


class ImportedFigure(models.Model):
    """A published or hand-kept total as it was printed; it counts no persons of ours and cannot be divided.

    `number`: the printed value as a number, None where it is none ("some hours", "3-4"). A figure that another import
    replaced stays, with the moment and the reason in the row that came instead.
    """

    name = models.CharField(_("figure"), max_length=120, validators=[validate_plain])
    period = models.CharField(_("period as printed"), max_length=40, validators=[validate_plain])
    scope = models.CharField(_("of what"), max_length=80, blank=True, validators=[validate_plain])
    printed = models.CharField(_("value as printed"), max_length=120, blank=True, validators=[validate_plain])
    number = models.DecimalField(_("as a number"), max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, validators=[validate_plain])
    source = models.CharField(_("source"), max_length=40, validators=[validate_plain])
    section = models.CharField(_("section"), max_length=80, blank=True, validators=[validate_plain])
    note = models.CharField(_("note"), max_length=200, blank=True, validators=[validate_plain])
    why = models.CharField(_("why it was replaced"), max_length=300, blank=True, validators=[validate_plain])
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"), null=True
    )
    imported_at = models.DateTimeField(_("when"))
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported figure")
        verbose_name_plural = _("imported figures")
        ordering = [F("replaced_at").desc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "period", "scope", "source"],
                condition=Q(replaced_at=None),
                name="imported_figure_once_each",
                violation_error_message=_("Each figure stands once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period} {self.printed}"

    @property
    def is_approximate(self) -> bool:
        """Whether the report printed "ca" or "cirka" with it."""
        return any(word in self.note.casefold() for word in ('"ca"', '"cirka'))
