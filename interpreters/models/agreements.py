from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from interpreters.models.interpreters import Level


class Form(models.TextChoices):
    """How the interpreter is present."""

    SITE = "site", _("on site")
    PHONE = "phone", _("by telephone")
    SCREEN = "screen", _("on screen")


class Agreement(models.Model):
    """A contract with a supplier, of one agency or shared by several, under which interpreters are ordered."""

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", _("the state's framework agreement")
        OWN = "own", _("an agency's own contract")
        MUNICIPAL = "municipal", _("the municipality's contract")

    contract_number = models.CharField(_("contract number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind of agreement"), max_length=10, choices=Kind)
    supplier = models.CharField(_("supplier"), max_length=100)
    agencies = models.ManyToManyField(Agency, related_name="+", verbose_name=_("agencies"))
    orderer = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="+",
        verbose_name=_("ordering agency"),
        null=True,
        blank=True,
        help_text=_("Who orders when nobody says; the supplier knows one customer for each order."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["contract_number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(contract_number=""),
                name="agreement_has_a_contract_number",
                violation_error_message=_("An agreement has a contract number."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="agreement_begins_before_it_ends",
                violation_error_message=_("An agreement begins before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return self.contract_number


class AgreementRank(models.Model):
    """The supplier's place in a county: rank 1 is asked first."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="ranks", verbose_name=_("agreement")
    )
    county = models.CharField(_("county"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("rank"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("rank in a county")
        verbose_name_plural = _("ranks in counties")
        ordering = ["county", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "county"],
                name="agreement_has_one_rank_in_a_county",
                violation_error_message=_("The agreement already has a rank in that county."),
            ),
            models.CheckConstraint(
                condition=Q(rank__gte=1),
                name="agreement_rank_counts_from_one",
                violation_error_message=_("Ranks count from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.rank}"


def strictly(column: str, way: int) -> Func:
    """Whether the array of integers rises (1) or falls (-1) from each number to the next."""
    return Func(F(column), Value(way), function="goes_strictly", output_field=models.BooleanField())


class AgreementTerms(models.Model):
    """What an agreement costs from a day on; money in öre, times in minutes.

    Whoever cancels less than `cancel_hours[n]` before the start pays `cancel_percents[n]` of the time's charge.
    """

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="terms", verbose_name=_("agreement")
    )
    valid_from = models.DateField(_("valid from"))
    unit_minutes = models.PositiveSmallIntegerField(
        _("minutes of a started unit"), default=30, help_text=_("30: by started half hour; 1: by minute.")
    )
    minimum_minutes = models.PositiveSmallIntegerField(_("minimum charge in minutes"), default=0)
    travel_unit_minutes = models.PositiveSmallIntegerField(
        _("minutes of a started unit of travel"), default=30
    )
    travel_unit_ore = models.PositiveIntegerField(_("öre for a unit of travel"), default=0)
    km_ore = models.PositiveIntegerField(_("öre for a kilometre"), default=0)
    cancel_hours = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("cancelled less than so many hours before"),
        default=list,
        blank=True,
    )
    cancel_percents = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)]),
        verbose_name=_("percent of the charge"),
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = _("terms")
        verbose_name_plural = _("terms")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "valid_from"],
                name="terms_once_from_a_day",
                violation_error_message=_("The agreement already has terms from that day."),
            ),
            models.CheckConstraint(
                condition=Q(unit_minutes__range=(1, 240), travel_unit_minutes__range=(1, 240)),
                name="terms_units_are_minutes_to_hours",
                violation_error_message=_("A unit is 1 to 240 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(cancel_hours__len=F("cancel_percents__len"))
                & Q(strictly("cancel_hours", -1))
                & Q(strictly("cancel_percents", 1))
                & Q(cancel_percents__contained_by=list(range(101))),
                name="terms_cancelling_later_costs_more",
                violation_error_message=_(
                    "For each number of hours one percentage, up to 100: fewer hours before cost more."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.valid_from}"


class AgreementPrice(models.Model):
    """What one started unit costs by form and level of competence, in öre."""

    terms = models.ForeignKey(AgreementTerms, models.CASCADE, related_name="prices", verbose_name=_("terms"))
    form = models.CharField(_("form"), max_length=6, choices=Form)
    level = models.CharField(_("level"), max_length=2, choices=Level)
    unit_ore = models.PositiveIntegerField(_("öre for a started unit"))

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["form", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "form", "level"],
                name="price_once_by_form_and_level",
                violation_error_message=_("There is already a price for that form and level."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.level} {self.unit_ore}"
