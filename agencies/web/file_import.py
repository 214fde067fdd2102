"""The page that takes a table's file, which is read in whole or not at all."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from agencies.web.csv_rows import wrong_rows
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from agencies.web.whole_file import FileNotUsable

# Writes what the form and the file's content say, and gives the words for it.
Import = Callable[[dict[str, Any], bytes], str]


class ImportForm(RefusableForm):
    """The file."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV or Excel, at most 5,000 rows and 1 MB"), allow_empty_file=True
    )


def import_page(
    request: StaffRequest,
    template: str,
    verb: Import,
    *,
    columns: Sequence[str],
    back: str,
    form: type[ImportForm] = ImportForm,
    **context: Any,
) -> HttpResponse:
    """Choose a file; if all of it is right it is saved and leads to `back`, else its wrong rows are shown."""
    chosen = form(request.POST, files=request.FILES) if request.method == "POST" else form()
    context |= {"form": chosen, "columns": columns}

    def save(values: dict[str, Any]) -> None:
        content = values["file"].read()
        try:
            messages.success(request, verb(values, content))
        except FileNotUsable as refusal:
            context.update(refusal=refusal, wrong=wrong_rows(content, refusal.rows, columns))
            raise

    if request.method == "POST" and chosen.is_accepted(save):
        return redirect(back)
    return render(request, template, context, status=chosen.status)
