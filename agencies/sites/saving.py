"""How every verb of the sites' pages saves: who may, whether somebody else was quicker, and each rule of the row."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from agencies.models import Location, Site, User
from agencies.refusals import Refusal
from agencies.sites.queries import may_change


class SiteKeptByOthers(Refusal):
    kind = "not-your-site"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("A site is changed by its own coordinator and by the secretariat."))


class SiteChanged(Refusal):
    """Somebody has changed the page since the caller looked."""

    kind = "changed-meanwhile"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody has changed the site since you opened the page. What you typed is kept: look, and save again."
            )
        )


class ValueNotAllowed(Refusal):
    """A value that the rules of the row do not allow; `errors` says of which field."""

    kind = "value-not-allowed"


def seen_site(site: Site, seen: int, *, by: User) -> Site:
    """The site, locked. Raises SiteKeptByOthers, and SiteChanged if that is not the version the caller has seen."""
    site = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    require_yours(site, by)
    if site.version != seen:
        raise SiteChanged
    return site


def require_yours(site: Site, by: User) -> None:
    """Raises SiteKeptByOthers unless the user keeps the site's page."""
    if not may_change(by, site):
        raise SiteKeptByOthers


def save_next(row: models.Model, values: Mapping[str, Any]) -> None:
    """Save the row with these values as its next version. Raises ValueNotAllowed."""
    for name, value in values.items():
        setattr(row, name, value)
    if row.pk and isinstance(version := getattr(row, "version", None), int):
        row.version = version + 1  # type: ignore[attr-defined]  # who has a version has it
    check(row)
    row.save()


def save_place(place: Location, values: Mapping[str, Any], site: Site) -> None:
    """Save a place of the site; the site gets its next version too, as they stand on one page."""
    save_next(place, values)
    save_next(site, {})


def check(row: models.Model) -> None:
    """Raises ValueNotAllowed with what each field says."""
    try:
        row.full_clean()
    except ValidationError as error:
        errors = error.message_dict
        message = " ".join(word for words in errors.values() for word in words)
        raise ValueNotAllowed(message, errors=errors) from None
