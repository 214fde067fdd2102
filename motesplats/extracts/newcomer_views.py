"""The person asks an office, behind the link and the paper code, what it has written about oneself."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from bookings.extracts.wishes import ask_as_person
from bookings.models import ExtractWish, Link, LinkMeeting, Party
from bookings.newcomer.access import FORM_METHODS, newcomer_page, site_of
from bookings.newcomer.pages import page, see


@newcomer_page(paper_code=True, methods=FORM_METHODS)
def own_extracts(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    """Each office of the day with what has been asked of it; POST asks one."""
    offices = _offices(link)
    if request.method == "POST":
        if office := offices.get(request.POST.get("office", "")):
            ask_as_person(link=link, agency=office, at=timezone.now())
        return see(f"{reverse('extracts:own-extracts', args=[token])}?language={language}")
    wishes = {wish.agency_id: wish for wish in ExtractWish.objects.filter(newcomer=link.newcomer_id)}
    return page(
        "bookings/newcomer/extracts.html",
        language,
        token=token,
        help_site=site_of(link),
        offices=[(key, office, wishes.get(office.pk)) for key, office in offices.items()],
    )


def _offices(link: Link) -> dict[str, Agency]:
    """Who summons and who meets the family, by what stands for each in the form."""
    keys = [each.agency_id for each in LinkMeeting.objects.filter(chain=link.chain_id)]
    owner = Party.objects.values_list("owner", flat=True).get(chains=link.chain_id)
    found = Agency.objects.select_related("municipality").in_bulk([owner, *keys])
    return {f"{office.code}.{office.pk}": office for office in found.values()}
