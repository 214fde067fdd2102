"""Which sites somebody sees, who may change them, and who has changed what."""

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from agencies.languages import LANGUAGES
from agencies.models import (
    Location,
    LocationChange,
    MunicipalityChange,
    Role,
    Site,
    SiteChange,
    TextState,
    User,
)


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


def directions_of(place: Location) -> list[tuple[str, str]]:
    """Each language in itself, and whether the way there is missing, a draft or checked in it."""
    return [
        (
            language.endonym,
            str(TextState(state).label) if getattr(place, f"directions_{code}") else _("missing"),
        )
        for code, language in LANGUAGES.items()
        if (state := getattr(place, f"directions_state_{code}") or TextState.DRAFT)
    ]


def changes_of(site: Site, *, most: int) -> list[Model]:
    """The latest changes of the site, its places and its municipalities, those that have left it too; three queries."""
    kinds = (
        SiteChange.objects.filter(pgh_obj=site),
        LocationChange.objects.filter(pgh_obj__site=site),
        MunicipalityChange.objects.filter(Q(pgh_obj__site=site) | Q(site=site)),
    )
    rows = [row for kind in kinds for row in kind.select_related("by", "pgh_obj").order_by("-pgh_id")[:most]]
    return sorted(rows, key=lambda row: row.pgh_created_at, reverse=True)[:most]
