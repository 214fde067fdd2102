from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from bookings.models.parties import Party

LONGEST_WORD = 60  # characters


class SearchWord(models.Model):
    """By what a party is found; written by triggers, never by code.

    A folded word of a name or of the case reference together with the words after it, a telephone number (E.164), a
    birth date (ISO) or a reference as printed. Of a protected party there are only references.
    """

    # Both keys begin an index below.
    party = models.ForeignKey(
        Party,
        models.DO_NOTHING,
        related_name="+",
        verbose_name=_("party"),
        db_constraint=False,
        db_index=False,
    )
    owner = models.ForeignKey(
        Agency, models.DO_NOTHING, related_name="+", verbose_name=_("owner"), db_index=False
    )
    word = models.CharField(_("word"), max_length=LONGEST_WORD, db_collation="C")

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        indexes = [models.Index(fields=["owner", "word", "party"], name="search_word_by_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "word"],
                name="search_word_once_per_party",
                violation_error_message=_("The party is found by that word already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id}"
