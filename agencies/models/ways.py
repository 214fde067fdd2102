from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Site
from agencies.validators import validate_plain


class WayOfWorking(models.Model):
    """What a site has tried, adopted or dropped, and why; rows are added and tell how it went."""

    class State(models.TextChoices):
        TRIED = "tried", _("being tried")
        ADOPTED = "adopted", _("adopted")
        DROPPED = "dropped", _("dropped")

    site = models.ForeignKey(Site, models.PROTECT, related_name="ways", verbose_name=_("site"))
    text = models.CharField(_("way of working"), max_length=200, validators=[validate_plain])
    state = models.CharField(_("how it went"), max_length=8, choices=State, default=State.TRIED)
    why = models.CharField(_("why"), max_length=400, validators=[validate_plain])
    since = models.DateField(_("from"))

    class Meta:
        verbose_name = _("way of working")
        verbose_name_plural = _("ways of working")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(why=""),
                name="way_of_working_says_what_and_why",
                violation_error_message=_("Say what it is, and why."),
            )
        ]

    def __str__(self) -> str:
        return self.text
