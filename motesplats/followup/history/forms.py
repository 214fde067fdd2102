"""The form of a file of published figures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.validators import validate_plain
from agencies.web.forms import RefusableForm


class FiguresFileForm(RefusableForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or Excel, at most 5,000 rows and 1 MB"),
        allow_empty_file=True,
    )
    why = forms.CharField(
        label=_("Why figures are replaced"),
        help_text=_("Only if the file says something else than what stands here. Both are kept."),
        required=False,
        max_length=300,
        validators=[validate_plain],
    )
