"""The page on which a translator sees each sentence with each agency filled in."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from agencies.languages import LANGUAGES
from agencies.models import Agency, Role
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.catalogues.sheet import filled, sentences


@for_roles(Role.SECRETARIAT, Role.MANAGER)
@require_safe
def sentence_list(request: StaffRequest, language: str) -> HttpResponse:
    """The sentences of one language."""
    if language not in LANGUAGES:
        raise Http404
    called = _names_now(language)
    rows = [(source, list(filled(text, called))) for source, text in sentences(settings.BASE_DIR, language)]
    context = {"rows": rows, "language": LANGUAGES[language], "languages": LANGUAGES.values()}
    return render(request, "motesplats/catalogues/sentences.html", context)


def _names_now(language: str) -> dict[str, str]:
    """What each agency is called today, by its code; of the municipalities one that has a site, if there is any."""
    agencies = Agency.objects.order_by("code", "pk")
    local = agencies.filter(municipality__is_host=True, municipality__site__isnull=False)[:1]
    with override(language):
        return {agency.code: agency.name for agency in [*agencies.filter(municipality=None), *local]}
