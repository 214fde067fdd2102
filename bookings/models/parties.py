from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.codes import AgencyCodeField
from agencies.models import Agency, Housing, Municipality, Resource, Sex
from agencies.read_log.notes import personal
from agencies.validators import validate_name, validate_plain
from bookings.models.rules import LegalBasis


class Party(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """A household that is summoned together; only its owner, the agency that summons it, reads this row."""

    reference = models.CharField(_("reference"), max_length=7, unique=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("owner"))
    resource = models.OneToOneField(Resource, models.PROTECT, related_name="+", verbose_name=_("resource"))
    language = models.CharField(_("language"), max_length=3)
    interpreter_language = models.CharField(_("language of the interpreter"), max_length=3, blank=True)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("home municipality")
    )
    legal_basis = models.ForeignKey(
        LegalBasis, models.PROTECT, related_name="+", verbose_name=_("legal basis")
    )
    decided_on = models.DateField(_("date of the permit decision"), null=True, blank=True)
    is_quota = models.BooleanField(_("quota refugees"), default=False)
    case_reference = models.CharField(
        _("own case reference"), max_length=40, blank=True, validators=[validate_plain]
    )
    housing_kind = models.CharField(_("kind of housing"), max_length=10, choices=Housing, blank=True)
    housing = models.CharField(_("housing"), max_length=100, blank=True, validators=[validate_plain])
    address = models.CharField(_("postal address"), max_length=300, blank=True, validators=[validate_plain])
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, validators=[validate_plain])
    is_protected = models.BooleanField(_("protected identity"), default=False)
    step_free = models.BooleanField(_("step-free"), default=False)
    extra_time = models.BooleanField(_("extra time"), default=False)
    caseworker_sex = models.CharField(_("caseworkers of this sex"), max_length=1, choices=Sex, blank=True)
    interpreter_sex = models.CharField(_("interpreter of this sex"), max_length=1, choices=Sex, blank=True)
    override_reason = models.CharField(
        _("why the legal basis was overridden"), max_length=300, blank=True, validators=[validate_plain]
    )
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("registered by")
    )
    registration = models.UUIDField(_("key of the form"), unique=True)
    registration_digest = models.CharField(
        _("digest of the form"), max_length=64, blank=True, default="", editable=False
    )
    anonymised_at = models.DateTimeField(_("anonymised"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["-registered_at", "-pk"]
        indexes = [
            models.Index(fields=["owner", "-registered_at"], name="party_by_owner"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="party_by_phone"),
            models.Index(fields=["case_reference"], condition=~Q(case_reference=""), name="party_by_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(housing_kind__in=["", *Housing.values]),
                name="party_of_known_housing",
                violation_error_message=_("There is no such kind of housing."),
            ),
            models.CheckConstraint(
                condition=Q(interpreter_language__regex=r"^[a-z]{3}$")
                | Q(interpreter_language="", anonymised_at__isnull=False),
                name="party_has_a_spoken_language",
                violation_error_message=_("Write one of the three-letter codes of ISO 639-3."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def call_number(self) -> str:
        """The telephone to call: the party's, else the first own one; a query unless `own_contacts` are read along."""
        return self.phone or next((one.phone for one in self.own_contacts.all() if one.phone), "")


@personal("given_name", "family_name")
class Newcomer(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """One person of a party; reading a name is noted for the read log. Who has one name only has no family name."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="members", verbose_name=_("party"))
    key = models.UUIDField(_("key"), unique=True, editable=False, db_default=RandomUUID())
    given_name = models.CharField(_("given name"), max_length=100, validators=[validate_name])
    family_name = models.CharField(_("family name"), max_length=100, blank=True, validators=[validate_name])
    birth_date = models.DateField(_("birth date"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    letter_language = models.CharField(_("own language of the letter"), max_length=3, blank=True, default="")
    own_meetings = ArrayField(
        AgencyCodeField(),
        verbose_name=_("met alone by"),
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = _("newcomer")
        verbose_name_plural = _("newcomers")
        ordering = ["birth_date", "pk"]
        indexes = [models.Index(fields=["birth_date"], name="newcomer_by_birth_date")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_name=""),
                name="newcomer_has_a_name",
                violation_error_message=_("A name is needed; an only name is a given name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def reads(self) -> str:
        """The language of this person's letter, page and link: the own one, else the party's."""
        return self.letter_language or self.party.language

    @property
    def own_phone(self) -> str:
        """The own telephone; "" where the party's serves. A query unless `own_contact` is read along."""
        return self._own("phone")

    @property
    def own_email(self) -> str:
        """The own e-mail address, as `own_phone`."""
        return self._own("email")

    def _own(self, name: str) -> str:
        return str(getattr(getattr(self, "own_contact", None), name, ""))


class StopChoice(models.Model):
    """That a party meets an agency, or does not, contrary to the rule of attendance."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="stop_choices", verbose_name=_("party"))
    agency_code = AgencyCodeField(_("agency"))
    is_on = models.BooleanField(_("is met"))

    class Meta:
        verbose_name = _("choice of stop")
        verbose_name_plural = _("choices of stops")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "agency_code"],
                name="stop_choice_once_per_agency",
                violation_error_message=_("That agency is already switched for this party."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_code} {self.is_on}"
