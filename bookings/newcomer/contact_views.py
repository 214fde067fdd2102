"""The page on which an adult sees and corrects where messages go."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.refusals import Refusal
from agencies.validators import readable_phone
from bookings.messages.contacts import contact_of
from bookings.messages.state_contact import state_contact
from bookings.models import Link, OwnContact
from bookings.newcomer.access import FORM_METHODS, newcomer_page, site_of
from bookings.newcomer.pages import page, said_beside, see

NOTHING_TYPED = {"phone": "", "email": ""}


@newcomer_page(paper_code=True, methods=FORM_METHODS)
def own_contact(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    """Where messages to the link's adult go; a form keeps another telephone or e-mail."""
    typed = request.POST
    if typed.get("switch", "") in LANGUAGES:
        return _contact_page(request, token, link, typed["switch"])
    if request.method != "POST":
        return _contact_page(request, token, link, language)
    try:
        with override(language):
            state_contact(
                link=link, phone=typed.get("phone", ""), email=typed.get("email", ""), at=timezone.now()
            )
    except Refusal as refusal:
        return _contact_page(request, token, link, language, refusal=refusal)
    return see(f"{reverse('bookings:own-contact', args=[token])}?language={language}&kept=1")


def _contact_page(
    request: HttpRequest, token: str, link: Link, language: str, *, refusal: Refusal | None = None
) -> HttpResponse:
    party = link.chain.party
    reached = contact_of(party, link.newcomer_id)
    own = reached if isinstance(reached, OwnContact) else OwnContact()
    kept = {"phone": readable_phone(own.phone), "email": own.email}
    return page(
        "bookings/newcomer/own_contact.html",
        language,
        status=refusal.status if refusal else 200,
        token=token,
        help_site=site_of(link),
        is_protected=party.is_protected,
        reached=reached,
        typed=NOTHING_TYPED | request.POST.dict() if request.method == "POST" else kept,
        refusal=refusal,
        wrong=said_beside(refusal, "phone", "email"),
        is_kept="kept" in request.GET,
    )
