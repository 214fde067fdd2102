from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Location


class Resource(models.Model):
    """A desk, room, interpreter or party: anything that can be in only one place at a time."""

    class Kind(models.TextChoices):
        DESK = "desk", _("desk")
        ROOM = "room", _("room")
        INTERPRETER = "interpreter", _("interpreter")
        PARTY = "party", _("party")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    reference = models.CharField(
        _("reference"), max_length=6, blank=True, help_text=_("What rosters call an interpreter: T-7K3M.")
    )

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(reference=""),
                name="resource_reference_once",
                violation_error_message=_("Another one has that reference."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


def same_resource(field: str) -> Func:
    """The key as a range of one number: an exclusion constraint compares it without the extension btree_gist.

    The field's name, not its column's: only so `full_clean` knows what the object says.
    """
    return Func(F(field), F(field), Value("[]"), function="int8range")


class RoomEquipment(models.TextChoices):
    """What a room may have beside table and chairs."""

    SCREEN = "screen", _("screen")
    TELEPHONE = "telephone", _("loudspeaking telephone")
    CHILDREN = "children", _("children's corner")
    HEARING_LOOP = "loop", _("hearing loop")


class Room(models.Model):
    """A room of a location, with the resource that meetings claim."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="rooms", verbose_name=_("location"))
    name = models.CharField(_("name"), max_length=60)
    step_free = models.BooleanField(_("step-free"), default=True)
    equipment = ArrayField(
        models.CharField(max_length=10, choices=RoomEquipment),
        verbose_name=_("equipment"),
        default=list,
        blank=True,
    )
    closed_at = models.DateTimeField(
        _("closed"), null=True, blank=True, editable=False, help_text=_("No meeting is planned in it.")
    )
    resource = models.OneToOneField(
        Resource, models.PROTECT, related_name="room", verbose_name=_("resource"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["location", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(equipment__contained_by=RoomEquipment.values),
                name="room_equipment_is_known",
                violation_error_message=_(
                    "A room has a screen, a telephone, a children's corner or a hearing loop."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def equipment_names(self) -> list[str]:
        """What the room has, in the reader's words."""
        return [str(RoomEquipment(one).label) for one in self.equipment]
