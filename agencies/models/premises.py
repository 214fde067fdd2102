from django.db import models
from django.utils.translation import gettext_lazy as _


class Premises(models.TextChoices):
    """What kind of house a place is in, as the letter calls it in each of its languages."""

    SERVICE_OFFICE = "service", _("service office")
    MIGRATION_AGENCY = "migration", _("the Migration Agency's office")
    TOWN_HALL = "town_hall", _("town hall")
    LIBRARY = "library", _("library")
    OTHER = "other", _("another place")
