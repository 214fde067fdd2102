from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.clock import at_wall_clock
from agencies.codes import CODE, KOM, LONGEST_CODE, validate_code
from agencies.models.premises import Premises
from agencies.models.texts import TextState, Translated
from agencies.validators import validate_phone, validate_plain

LONGEST_LUNCH = 60  # minutes; what is longer is waiting


class Site(models.Model):  # type: ignore[django-manager-missing]  # Location has a translated manager
    """A mötesplats, with the rules by which its days are planned; times in minutes."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    phone = models.CharField(
        _("telephone"),
        max_length=20,
        blank=True,
        help_text=_("Without it no letter is printed."),
        validators=[validate_phone],
    )
    phone_hours = models.CharField(
        _("hours of the telephone"),
        max_length=60,
        blank=True,
        validators=[validate_plain],
        help_text=_("For colleagues: when somebody answers."),
    )
    phone_from = models.TimeField(
        _("families may call from"),
        null=True,
        blank=True,
        help_text=_("On weekdays; it stands beside the number on the families' pages."),
    )
    phone_to = models.TimeField(_("families may call until"), null=True, blank=True)
    owner = models.ForeignKey(
        "Agency",
        models.PROTECT,
        related_name="+",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        help_text=_("The agency that answers for the premises; empty, the service centre."),
    )
    minimum_notice_days = models.PositiveSmallIntegerField(
        _("minimum notice in days"), default=7, help_text=_("The letter needs days in the post.")
    )
    walk_minutes = models.PositiveSmallIntegerField(_("walk between two meetings in minutes"), default=5)
    break_after_stops = models.PositiveSmallIntegerField(_("break after so many meetings"), default=3)
    break_minutes = models.PositiveSmallIntegerField(_("break in minutes"), default=15)
    lunch_from = models.TimeField(_("lunch from"), default=time(11))
    lunch_to = models.TimeField(
        _("lunch until"),
        default=time(13, 30),
        help_text=_("Whoever comes before these hours and leaves after them has lunch within them."),
    )
    lunch_minutes = models.PositiveSmallIntegerField(_("lunch in minutes, at least"), default=30)
    lunch_minutes_with_children = models.PositiveSmallIntegerField(
        _("lunch with children in minutes, at least"), default=45
    )
    several_days = models.BooleanField(_("a chain may take several days"), default=False)
    rooms_are_scarce = models.BooleanField(_("meetings need a room of their own"), default=False)
    thin_hours = models.PositiveSmallIntegerField(
        _("staff hours for each person, at most"),
        null=True,
        blank=True,
        help_text=_(
            "A day that takes more, travel included, is thin: merging it with another one is suggested. "
            "Empty: as everywhere."
        ),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=3)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3)
    version = models.PositiveIntegerField(_("version of the site's page"), default=0, editable=False)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phone_from=None, phone_to=None) | Q(phone_from__lt=F("phone_to")),
                name="site_phone_hours_begin_before_they_end",
                violation_error_message=_("The telephone's hours begin before they end."),
            ),
            models.CheckConstraint(
                condition=Q(thin_hours__gte=1, thin_hours__lte=100),
                name="site_thin_hours_can_be",
                violation_error_message=_("A day is thin above 1 to 100 staff hours for each person."),
            ),
            models.CheckConstraint(
                condition=Q(walk_minutes__lte=60, break_minutes__lte=120),
                name="site_walks_and_breaks_are_short",
                violation_error_message=_("A walk is at most 60 and a break at most 120 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(
                    lunch_minutes__gte=30,
                    lunch_minutes_with_children__gte=F("lunch_minutes"),
                    lunch_minutes_with_children__lte=LONGEST_LUNCH,
                ),
                name="site_lunch_is_half_an_hour_to_an_hour",
                violation_error_message=_(
                    "Lunch takes 30 to 60 minutes, with children no less than without."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    lunch_from__lte=time(22), lunch_to__gte=F("lunch_from") + timedelta(minutes=LONGEST_LUNCH)
                ),
                name="site_lunch_fits_its_hours",
                violation_error_message=_("The hours for lunch are at least one hour, before midnight."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def lunch_hours(self, day: date, *, with_children: bool) -> tuple[datetime, datetime, int]:
        """Between when lunch lies on the day, and how many minutes it takes at least."""
        least = self.lunch_minutes_with_children if with_children else self.lunch_minutes
        return at_wall_clock(day, self.lunch_from), at_wall_clock(day, self.lunch_to), least


class Municipality(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """One of Sweden's 290 municipalities, with the site where its newcomers are met (a kranskommun: elsewhere)."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=60)
    county = models.CharField(_("county"), max_length=60)
    site = models.ForeignKey(Site, models.PROTECT, related_name="municipalities", verbose_name=_("site"))
    is_host = models.BooleanField(_("has the site on its own ground"), default=False)
    phone = models.CharField(_("telephone"), max_length=20, blank=True, validators=[validate_phone])
    email = models.EmailField(_("e-mail"), blank=True, validators=[validate_plain])
    address = models.CharField(_("address"), max_length=200, blank=True, validators=[validate_plain])
    web = models.URLField(_("web page"), blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    version = models.PositiveIntegerField(_("version of the municipality"), default=0, editable=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short_name


class Agency(Translated):  # type: ignore[django-manager-missing]  # `changes` is made at run time
    """A secrecy unit (aktör): a national or regional agency, alone with its code, or one municipality's (code KOM)."""

    objects: ClassVar[models.Manager["Agency"]]

    code = models.CharField(
        _("code"),
        max_length=LONGEST_CODE,
        validators=[validate_code],
        help_text=_("Two to five capital letters. It is never changed. A municipality's is KOM."),
    )
    name = models.CharField(_("name"), max_length=120)
    municipality = models.OneToOneField(
        Municipality,
        models.PROTECT,
        related_name="agency",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
    )
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    web = models.URLField(_("web page"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True, validators=[validate_plain])
    address = models.CharField(_("address"), max_length=200, blank=True, validators=[validate_plain])
    deaf_contact = models.CharField(
        _("how a deaf person reaches it"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("For example Bildtelefoni.net with the number, or a text telephone."),
    )
    version = models.PositiveIntegerField(_("version of the agency's page"), default=0, editable=False)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(municipality=None),
                name="agency_is_one_of_its_code",
                violation_error_message=_("Another agency has that code."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="agency_code_is_capital_letters",
                violation_error_message=_("A code is two to five capital letters, A to Z."),
            ),
            models.CheckConstraint(
                condition=Q(code=KOM, municipality__isnull=False) | (~Q(code=KOM) & Q(municipality=None)),
                name="agency_kom_has_its_municipality",
                violation_error_message=_("A municipality's agency, and no other, names its municipality."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):  # type: ignore[django-manager-missing]  # modeltranslation replaces it at run time
    """A place where a site meets people: its main place, a branch (filial) or a mobile team."""

    class Kind(models.TextChoices):
        MAIN = "main", _("main place")
        BRANCH = "branch", _("branch")
        MOBILE = "mobile", _("mobile team")

    site = models.ForeignKey(Site, models.PROTECT, related_name="locations", verbose_name=_("site"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.MAIN)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=Site.State,
        default=Site.State.OPEN,
        help_text=_("No new day is opened where it is paused or closed."),
    )
    name = models.CharField(_("name"), max_length=100)
    premises = models.CharField(
        _("kind of house"), max_length=10, choices=Premises, default=Premises.SERVICE_OFFICE
    )
    street = models.CharField(
        _("street address"), max_length=200, blank=True, help_text=_("Without it no letter is printed.")
    )
    postcode = models.CharField(
        _("postcode"), max_length=6, blank=True, help_text=_("Without it no letter is printed.")
    )
    town = models.CharField(
        _("town"), max_length=60, blank=True, help_text=_("Without it no letter is printed.")
    )
    directions = models.CharField(
        _("how to get there"), max_length=200, blank=True, validators=[validate_plain]
    )
    directions_state = models.CharField(
        _("state of the text"), max_length=8, choices=TextState, default=TextState.DRAFT
    )
    step_free = models.BooleanField(_("step-free"), default=True)
    checks_identity = models.BooleanField(
        _("identity can be checked there"),
        default=True,
        help_text=_("Where it cannot, nobody meets the agency that takes biometrics."),
    )
    seats = ArrayField(
        models.CharField(max_length=40, validators=[validate_plain]),
        verbose_name=_("where people sit while they wait"),
        size=20,
        default=list,
        blank=True,
        help_text=_(
            "By commas, as “the sofa at the window, the bench”; the host is told one for each party."
        ),
    )
    seats_for_children = ArrayField(
        models.CharField(max_length=40, validators=[validate_plain]),
        verbose_name=_("where families with children sit"),
        size=20,
        default=list,
        blank=True,
    )
    version = models.PositiveIntegerField(_("version of the place"), default=0, editable=False)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["site", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site"],
                condition=Q(kind="main"),
                name="location_one_main_per_site",
                violation_error_message=_("A site has one main place."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def own_name(self) -> str:
        """The name that people look for beside the site's; empty at the main place, which is called like the site."""
        return "" if self.kind == self.Kind.MAIN else self.name

    @property
    def postal_town(self) -> str:
        """Postcode and town: 602 24 Norrköping."""
        return f"{self.postcode} {self.town}".strip()

    @property
    def full_address(self) -> str:
        """Own name, street, postcode and town on one line."""
        return ", ".join(filter(None, [self.own_name, self.street, self.postal_town]))
