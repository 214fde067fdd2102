"""The documents that services may ask for: their names in each language, and whether somebody has checked them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from agencies.directory.saving import AgencyChanged, AgencyKeptByOthers, save_translated
from agencies.models import Document, Role, User


@transaction.atomic
def add_document(*, key: str, pictogram: str, values: Mapping[str, Any], by: User, at: datetime) -> Document:
    """Add a document that every service may ask for. Raises AgencyKeptByOthers and ValueNotAllowed."""
    _require_secretariat(by)
    document = Document(key=key, pictogram=pictogram)
    save_translated(document, "name", values)
    return document


@transaction.atomic
def change_document(
    *, document: Document, values: Mapping[str, Any], seen: int, by: User, at: datetime
) -> None:
    """Change names and states; a checked name that changes is a draft again.

    Raises AgencyKeptByOthers, AgencyChanged and ValueNotAllowed.
    """
    _require_secretariat(by)
    found = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if found.version != seen:
        raise AgencyChanged
    save_translated(found, "name", values)


def _require_secretariat(by: User) -> None:
    if by.role != Role.SECRETARIAT:
        raise AgencyKeptByOthers
