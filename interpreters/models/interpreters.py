"""Interpreters, and the languages they master with the level of competence."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Resource, Sex, Shift, Site
from agencies.spoken import spoken_languages
from agencies.validators import validate_phone, validate_plain

LONGEST_DIALECT = 60


class Level(models.TextChoices):
    """Levels of competence in the national register of interpreters (Kammarkollegiet), highest first."""

    RT = "RT", _("legal interpreter (RT)")
    ST = "ST", _("health care interpreter (ST)")
    AT = "AT", _("authorised interpreter (AT)")
    UT = "UT", _("trained interpreter (UT)")
    OT = "ÖT", _("other interpreter (ÖT)")


class Interpreter(models.Model):
    """An interpreter, who works on site or remotely at these sites."""

    name = models.CharField(_("name"), max_length=100)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    remote = models.BooleanField(_("remote"), default=False)
    phone = models.CharField(_("telephone"), max_length=20, blank=True, validators=[validate_phone])
    sites = models.ManyToManyField(Site, related_name="+", verbose_name=_("sites"), blank=True)
    resource = models.OneToOneField(Resource, models.PROTECT, related_name="+", verbose_name=_("resource"))

    class Meta:
        verbose_name = _("interpreter")
        verbose_name_plural = _("interpreters")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def validate_spoken(code: str) -> None:
    """Raises ValidationError for what is no code of ISO 639-3."""
    if code not in spoken_languages():
        raise ValidationError(_("Write one of the three-letter codes of ISO 639-3."))


class Mastery(models.Model):
    """A language that an interpreter masters, with the level of competence."""

    interpreter = models.ForeignKey(
        Interpreter, models.CASCADE, related_name="masteries", verbose_name=_("interpreter")
    )
    language = models.CharField(_("language"), max_length=3, validators=[validate_spoken])
    level = models.CharField(_("level"), max_length=2, choices=Level)
    dialect = models.CharField(
        _("dialect"), max_length=LONGEST_DIALECT, blank=True, validators=[validate_plain]
    )

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["interpreter", "language"],
                name="mastery_once_per_language",
                violation_error_message=_("The interpreter already has that language."),
            ),
            models.CheckConstraint(
                condition=Q(language__regex=r"^[a-z]{3}$"),
                name="mastery_is_of_a_spoken_language",
                violation_error_message=_("Write one of the three-letter codes of ISO 639-3."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class Spare(models.Model):
    """A shift of an interpreter who stands by for others: the planner offers none of it while the row is there."""

    shift = models.OneToOneField(
        Shift, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("shift")
    )

    class Meta:
        verbose_name = _("spare interpreter")
        verbose_name_plural = _("spare interpreters")

    def __str__(self) -> str:
        return str(self.shift)
