from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.codes import AgencyCodeField
from agencies.models.organisation import Municipality
from agencies.models.texts import Translated


class Who(models.TextChoices):
    """Who of the party must come to a meeting."""

    ADULTS = "adults", _("all adults")
    EVERYONE = "everyone", _("the whole family, children too")
    CONCERNED = "concerned", _("those concerned")
    ONE_ADULT = "one_adult", _("one adult")


class Housing(models.TextChoices):
    """How a party lives; it steers which documents are asked for."""

    OWN = "own", _("own home")
    RENTED = "rented", _("rented, first hand")
    SUBLET = "sublet", _("sublet or lodger")
    FACILITY = "abo", _("the Migration Agency's housing (ABO)")
    ARRANGED = "ebo", _("own arrangement, with others (EBO)")
    ASSIGNED = "assigned", _("assigned by the municipality")
    TEMPORARY = "temporary", _("temporary")
    NONE = "none", _("none yet")


class Document(Translated):
    """Something a party may be asked to bring."""

    objects: ClassVar[models.Manager["Document"]]

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    pictogram = models.SlugField(_("pictogram"), max_length=30)
    version = models.PositiveIntegerField(_("version of the document"), default=0, editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Service(Translated):  # type: ignore[django-manager-missing]  # `changes` is made at run time
    """What an agency does with a party (ärende): title, length in minutes, documents; its sentences are text blocks."""

    objects: ClassVar[models.Manager["Service"]]

    agency_code = AgencyCodeField(_("agency"), has_service=False, unique=True)
    agency_name = models.CharField(
        _("common name"),
        max_length=120,
        blank=True,
        help_text=_(
            "What agencies that share the code are called together; one agency is called by its own name."
        ),
    )
    is_local = models.BooleanField(
        _("met only where it has a desk"),
        default=False,
        help_text=_("At other sites days are planned without it."),
    )
    checks_identity = models.BooleanField(
        _("checks identity"),
        default=False,
        help_text=_("Met only at locations where identity can be checked."),
    )
    title = models.CharField(_("title"), max_length=100)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5)])
    minutes_per_person = models.PositiveSmallIntegerField(_("minutes per further person"), default=0)
    extra_minutes = models.PositiveSmallIntegerField(_("minutes more where extra time is needed"), default=15)
    documents = models.ManyToManyField(Document, through="ServiceDocument", verbose_name=_("documents"))
    version = models.PositiveIntegerField(_("version of the service"), default=0, editable=False)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 240), minutes_per_person__lte=60, extra_minutes__lte=60),
                name="service_has_a_sensible_length",
                violation_error_message=_("A meeting lasts between 5 and 240 minutes."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def minutes_for(self, persons: int, *, extra_time: bool = False) -> int:
        """The meeting's length in minutes for so many persons."""
        return self.minutes + self.minutes_per_person * max(persons - 1, 0) + extra_time * self.extra_minutes


class ServiceLength(models.Model):  # type: ignore[django-manager-missing]  # `changes` is made at run time
    """Another length of a service in a track, a municipality or both; the municipality's goes before the track's."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="lengths", verbose_name=_("service"))
    track = models.PositiveSmallIntegerField(_("track"), null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        related_name="+",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5)])
    minutes_per_person = models.PositiveSmallIntegerField(_("minutes per further person"), default=0)
    extra_minutes = models.PositiveSmallIntegerField(_("minutes more where extra time is needed"), default=15)

    class Meta:
        verbose_name = _("length of a service")
        verbose_name_plural = _("lengths of services")
        ordering = ["service", "track", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "track", "municipality"],
                nulls_distinct=False,
                name="service_length_once",
                violation_error_message=_("That length is already there."),
            ),
            models.CheckConstraint(
                condition=Q(track__isnull=False) | Q(municipality__isnull=False),
                name="service_length_of_track_or_municipality",
                violation_error_message=_("Name a track, a municipality or both."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 240), minutes_per_person__lte=60, extra_minutes__lte=60),
                name="service_length_is_sensible",
                violation_error_message=_("A meeting lasts between 5 and 240 minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.minutes}"


class ServiceDocument(models.Model):  # type: ignore[django-manager-missing]  # `changes` is made at run time
    """A document that a service asks for: of all, or only by track, municipality, children or housing.

    `housing`: empty, of everybody; else of parties that live so, and of those of whom nobody knows how they live.
    """

    service = models.ForeignKey(Service, models.CASCADE, verbose_name=_("service"))
    document = models.ForeignKey(Document, models.PROTECT, verbose_name=_("document"), related_name="+")
    only_with_children = models.BooleanField(_("only families with children"), default=False)
    track = models.PositiveSmallIntegerField(_("track"), null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        related_name="+",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
    )
    housing = ArrayField(
        models.CharField(max_length=10, choices=Housing),
        verbose_name=_("only who lives so"),
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = _("document to bring")
        verbose_name_plural = _("documents to bring")
        ordering = ["document"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "document", "track", "municipality"],
                nulls_distinct=False,
                name="service_document_once",
                violation_error_message=_("The service already asks for that document."),
            ),
            models.CheckConstraint(
                condition=Q(housing__contained_by=Housing.values),
                name="service_document_of_known_housing",
                violation_error_message=_("There is no such kind of housing."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)
