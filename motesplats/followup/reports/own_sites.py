"""The sites of which somebody reports."""

from django.http import Http404

from agencies.models import Site, User


def sites_of(user: User) -> list[Site]:
    """The user's sites, in order."""
    return list(user.sites.order_by("order", "code"))


def own_site(user: User, code: str) -> Site:
    """The user's site of that code. Raises Http404, whether there is another one or none."""
    found = user.sites.filter(code=code).first()
    if found is None:
        raise Http404
    return found
