"""Let a further agency join, such as a region: its code, its names, its service and how long that takes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.codes import KOM
from agencies.languages import LANGUAGES
from agencies.models import Agency, Service, User
from agencies.rules.dated import require_secretariat
from agencies.sites.saving import ValueNotAllowed, check


@transaction.atomic
def add_agency(*, code: str, values: Mapping[str, Any], by: User, at: datetime) -> Agency:
    """Add an agency with its service; nobody meets it until a rule of attendance says so.

    `values`: `name_sv` …, `title_sv` …, minutes, and where it is met. All texts are drafts. Raises RulesKeptByOthers
    and ValueNotAllowed.
    """
    require_secretariat(by)
    check_code(code)
    agency = Agency(code=code, **_texts("name", values))
    check(agency)
    agency.save()
    own = {name: value for name, value in values.items() if not name.startswith(("name_", "title_"))}
    service = Service(agency_code=code, **_texts("title", values), **own)
    check(service)
    service.save()
    return agency


def check_code(code: str) -> None:
    """Raises ValueNotAllowed if an agency has the code."""
    if code == KOM or Agency.objects.filter(code=code).exists():
        message = _("Another agency has that code.")
        raise ValueNotAllowed(message, errors={"code": [message]})


def _texts(field: str, values: Mapping[str, Any]) -> dict[str, str]:
    return {f"{field}_{code}": values.get(f"{field}_{code}", "") for code in LANGUAGES}
