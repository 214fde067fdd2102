"""The page on which a translator sees each sentence with each agency filled in."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.languages import LANGUAGES
from agencies.models import Role
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.catalogues.sheet import filled, names, sentences


@for_roles(Role.SECRETARIAT, Role.MANAGER)
@require_safe
def sentence_list(request: StaffRequest, language: str) -> HttpResponse:
    """The sentences of one language."""
    if language not in LANGUAGES:
        raise Http404
    called = names(settings.BASE_DIR, language)
    rows = [(source, list(filled(text, called))) for source, text in sentences(settings.BASE_DIR, language)]
    context = {"rows": rows, "language": LANGUAGES[language], "languages": LANGUAGES.values()}
    return render(request, "motesplats/catalogues/sentences.html", context)
