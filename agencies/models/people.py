from collections.abc import Iterator
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Agency, Site
from agencies.models.resources import Resource


class Sex(models.TextChoices):
    FEMALE = "F", _("woman")
    MALE = "M", _("man")


class Role(models.TextChoices):
    CASEWORKER = "caseworker", _("caseworker")
    COORDINATOR = "coordinator", _("coordinator")
    MANAGER = "manager", _("manager")
    HOST = "host", _("host")
    SECRETARIAT = "secretariat", _("secretariat")


class Folded(models.Func):
    """A user name as it is compared: without differences of case or width."""

    template = "casefold(normalize(%(expressions)s, NFKC))"
    output_field = models.CharField()


class StaffManager(UserManager["User"]):
    """Finds users however their name is typed."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.annotate(folded=Folded("username")).get(folded=Folded(models.Value(username)))


class User(AbstractUser):
    """A member of staff; a caseworker's `resource` is the desk that meetings claim."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="staff", verbose_name=_("agency"), null=True, blank=True
    )
    sites = models.ManyToManyField(Site, related_name="staff", verbose_name=_("sites"), blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.CASEWORKER)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    resource = models.OneToOneField(
        Resource, models.PROTECT, related_name="caseworker", verbose_name=_("resource"), null=True, blank=True
    )
    known_as = models.CharField(
        _("at the agency's own sign-in"),
        max_length=200,
        blank=True,
        help_text=_("UPN or employeeHsaId, if the agency's provider knows people by it."),
    )
    generation = models.PositiveIntegerField(_("generation of sessions"), default=0, editable=False)

    objects: ClassVar[UserManager[Self]] = StaffManager()  # type: ignore[assignment]  # User has no heirs

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Folded("username"),
                name="user_name_once_however_written",
                violation_error_message=_("Somebody already has that user name."),
            ),
            models.UniqueConstraint(
                Folded("known_as"),
                "agency",
                condition=~models.Q(known_as=""),
                name="user_known_once_at_the_agencys_sign_in",
                violation_error_message=_("Somebody at the agency is already known by that."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_session_auth_hash(self) -> str:
        """Django's hash of the password with the generation: a session ends when either changes."""
        return f"{super().get_session_auth_hash()}.{self.generation}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same with each of SECRET_KEY_FALLBACKS, so that sessions outlive a change of the key."""
        for fallback in super().get_session_auth_fallback_hash():
            yield f"{fallback}.{self.generation}"
