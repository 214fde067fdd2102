from django.db import models
from django.utils.translation import gettext_lazy as _


class CodeTries(models.Model):
    """How many wrong paper codes were typed for a link.

    Found by the token's hash, without a foreign key, so that it is written in a transaction of its own.
    """

    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    wrong = models.PositiveSmallIntegerField(_("wrong codes"))
    last_at = models.DateTimeField(_("last tried"))

    class Meta:
        verbose_name = _("tries of a paper code")
        verbose_name_plural = _("tries of paper codes")

    def __str__(self) -> str:
        return f"{self.wrong}"
