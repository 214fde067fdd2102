"""The form of a file of published figures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.validators import validate_plain
from agencies.web.file_import import ImportForm


class FiguresFileForm(ImportForm):
    """The file, and why figures are replaced."""

    why = forms.CharField(
        label=_("Why figures are replaced"),
        help_text=_("Only if the file says something else than what stands here. Both are kept."),
        required=False,
        max_length=300,
        validators=[validate_plain],
    )
