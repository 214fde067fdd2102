from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from bookings.models.chains import Chain
from bookings.models.parties import Newcomer


class Summons(models.Model):
    """One version of a chain's joint letter; it is never changed, a later version replaces it."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        CANCELLATION = "cancellation", _("cancellation")

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="summonses", verbose_name=_("chain"))
    version = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.INVITATION)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    day = models.JSONField(_("the day as it was summoned"))

    class Meta:
        verbose_name = _("summons")
        verbose_name_plural = _("summonses")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "version"],
                name="summons_one_of_each_version",
                violation_error_message=_("That version is already there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} v{self.version}"


class Link(models.Model):
    """An adult's link to the chain, without an account; token and paper code are stored as hashes."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="links", verbose_name=_("chain"))
    newcomer = models.ForeignKey(Newcomer, models.CASCADE, related_name="links", verbose_name=_("newcomer"))
    generation = models.PositiveSmallIntegerField(_("generation"), default=1)
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    code_hash = models.CharField(_("hash of the paper code"), max_length=64, blank=True)
    typed_hash = models.CharField(_("hash of the typed address"), max_length=64, blank=True, default="")
    valid_until = models.DateTimeField(_("valid until"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]
        indexes = [models.Index(fields=["typed_hash"], name="link_by_typed_hash")]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "newcomer"],
                name="link_one_per_adult",
                violation_error_message=_("Each adult has one link."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.generation}"


class ClosedLink(models.Model):
    """A database view for whoever holds the token of a link that shows no day any more, and why."""

    link = models.OneToOneField(Link, models.DO_NOTHING, primary_key=True, related_name="+")
    token_hash = models.CharField(_("hash of the token"), max_length=64)
    chain_reference = models.CharField(_("reference"), max_length=7)
    is_over = models.BooleanField(_("the link has ended"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    version = models.IntegerField(_("version"))
    site = models.ForeignKey(Site, models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "closed_links"
        ordering = ["link_id"]  # by "link", the join would look for a row that is hidden

    def __str__(self) -> str:
        return self.chain_reference


class TypedLink(models.Model):
    """A database view for whoever has typed a link's short address: which link it is, and if the code is right."""

    link = models.OneToOneField(Link, models.DO_NOTHING, primary_key=True, related_name="+")
    typed_hash = models.CharField(_("hash of the typed address"), max_length=64)
    token_hash = models.CharField(_("hash of the token"), max_length=64)
    chain_id = models.BigIntegerField()
    newcomer_id = models.BigIntegerField()
    generation = models.PositiveSmallIntegerField(_("generation"))
    confirmed = models.BooleanField(_("with its paper code"))

    class Meta:
        managed = False
        db_table = "typed_links"
        ordering = ["-confirmed", "link_id"]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.generation}"


class SummonsCopy(models.Model):
    """The printed PDF of an adult's copy of a summons; with no link, of all copies in one."""

    summons = models.ForeignKey(Summons, models.CASCADE, related_name="copies", verbose_name=_("summons"))
    link = models.ForeignKey(
        Link, models.CASCADE, related_name="copies", verbose_name=_("link"), null=True, blank=True
    )
    pdf = models.BinaryField(_("PDF"))

    class Meta:
        verbose_name = _("copy of a summons")
        verbose_name_plural = _("copies of summonses")
        constraints = [
            models.UniqueConstraint(
                fields=["summons", "link"],
                name="summons_copy_one_per_adult",
                nulls_distinct=False,
                violation_error_message=_("Each adult has one copy."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.summons_id}"
