from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.validators import validate_plain
from bookings.models.parties import Newcomer, Party


class OwnContact(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """An adult's own telephone and e-mail: where one is stated, messages to that adult go there and nowhere else.

    Apart from the newcomer's row, because other agencies that are told the names are not told these.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="own_contacts", verbose_name=_("party"))
    newcomer = models.OneToOneField(
        Newcomer, models.CASCADE, related_name="own_contact", verbose_name=_("newcomer")
    )
    phone = models.CharField(_("own mobile phone"), max_length=20, blank=True)
    email = models.EmailField(_("own e-mail"), blank=True, validators=[validate_plain])
    stated_at = models.DateTimeField(_("stated by the adult"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("own contact")
        verbose_name_plural = _("own contacts")
        indexes = [models.Index(fields=["phone"], condition=~Q(phone=""), name="own_contact_by_phone")]

    def __str__(self) -> str:
        return f"{self.newcomer_id}"
