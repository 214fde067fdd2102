"""Which sites somebody sees, and who may change them."""

from django.db.models import QuerySet

from agencies.models import Role, Site, User


def sites_of(by: User) -> QuerySet[Site]:
    """The secretariat sees all sites, others their own; with locations, rooms and municipalities."""
    sites = Site.objects.all() if by.role == Role.SECRETARIAT else by.sites.all()
    return sites.select_related("owner__municipality").prefetch_related(
        "locations__site", "locations__rooms", "municipalities"
    )


def may_change(by: User, site: Site) -> bool:
    """Whether somebody may change the site: the secretariat each, a coordinator the own ones."""
    if by.role == Role.SECRETARIAT:
        return True
    return by.role == Role.COORDINATOR and by.sites.filter(pk=site.pk).exists()
