from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Agency


class KnownBy(models.TextChoices):
    """What a provider says of a person by which we know who it is."""

    EMAIL = "email", _("e-mail")
    UPN = "upn", "UPN"
    PREFERRED = "preferred_username", "preferred_username"
    HSA_ID = "employeeHsaId", "employeeHsaId"


class IdentityProvider(models.Model):  # type: ignore[django-manager-missing]  # `changes` is made at run time
    """An agency's OpenID Connect provider, at which its staff sign in instead of with a password here."""

    agency = models.OneToOneField(
        Agency, models.CASCADE, related_name="identity_provider", verbose_name=_("agency")
    )
    key = models.SlugField(_("key"), unique=True, help_text=_("Part of the address it answers to."))
    issuer = models.URLField(_("issuer"), help_text=_("Its configuration is found below this address."))
    client_id = models.CharField(_("client id"), max_length=200)
    sealed_secret = models.TextField(_("client secret"), editable=False)
    scope = models.CharField(_("scope"), max_length=200, default="openid profile email")
    claim = models.CharField(
        _("people are known by"),
        max_length=20,
        choices=KnownBy,
        default=KnownBy.EMAIL,
        help_text=_("By anything else than e-mail: write each colleague's value in the user's field for it."),
    )
    email_is_verified = models.BooleanField(
        _("its e-mail addresses are its own"),
        default=False,
        help_text=_("For Entra ID and AD FS, which do not say that an address is verified."),
    )
    has_second_factor = models.BooleanField(
        _("asks for a second factor itself"),
        default=False,
        help_text=_("Then we do not ask for another one, if it says in `acr` or `amr` that it has asked."),
    )
    second_factor_values = models.CharField(
        _("how it says so"),
        max_length=300,
        default="mfa",
        help_text=_("Values of `acr` or `amr`, with blanks between them."),
    )

    is_on = models.BooleanField(
        _("staff sign in there"), default=True, help_text=_("A second person switches it on.")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("last written by"),
        null=True,
        blank=True,
        editable=False,
    )

    class Meta:
        verbose_name = _("identity provider")
        verbose_name_plural = _("identity providers")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
