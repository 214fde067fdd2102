from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.TextChoices):
    """Whether somebody authorised has checked a translation."""

    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")


class Translated(models.Model):
    """A row whose texts exist in several languages, each with a state of its own."""

    state = models.CharField(_("state of the text"), max_length=8, choices=TextState, default=TextState.DRAFT)

    class Meta:
        abstract = True

    def is_checked(self, language: str) -> bool:
        """Whether somebody authorised has checked this row's texts in the language."""
        return bool(getattr(self, f"state_{language}") == TextState.CHECKED)
