from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceStamp(models.Model):
    """That a transaction has changed what a shelf keeps; the stamp is made of all rows. Only triggers write them."""

    value = models.UUIDField(_("value"))
    changed_in = models.CharField(_("transaction"), max_length=20)

    class Meta:
        verbose_name = _("stamp of the reference data")
        verbose_name_plural = _("stamps of the reference data")

    def __str__(self) -> str:
        return str(self.value)
