"""Pages for everybody: all telephone numbers, the accessibility statement, the privacy notice; in six languages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from agencies.models import Site
from bookings.newcomer.pages import language_of, page


@login_not_required
@require_safe
def phones(request: HttpRequest) -> HttpResponse:
    """The telephone number of each open site, with its hours; one query."""
    sites = Site.objects.filter(state=Site.State.OPEN).exclude(phone="").order_by("name")
    return page("bookings/newcomer/phones.html", language_of(request), sites=sites)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (tillgänglighetsredogörelse)."""
    return page("bookings/newcomer/accessibility.html", language_of(request))


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return page("bookings/newcomer/privacy.html", language_of(request))
