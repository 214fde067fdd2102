"""Reads of imported figures."""

from django.db.models import QuerySet

from motesplats.models import ImportedFigure


def imported_figures() -> QuerySet[ImportedFigure]:
    """The figures that hold, in the order of their import; one query."""
    return ImportedFigure.objects.filter(replaced_at=None).order_by("pk")


def replaced_figures() -> QuerySet[ImportedFigure]:
    """Those that another value has replaced, the last first; one query."""
    return ImportedFigure.objects.filter(replaced_at__isnull=False).select_related("imported_by")
