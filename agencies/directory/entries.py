"""Whose page it is: a national agency, one municipality's, or what all municipalities share under the code KOM."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.codes import KOM, agency_name
from agencies.models import Agency, Municipality, Role, Service, TextBlock, TextBlockChange, User

COMMON = "common"  # the key of the texts that no agency has to itself


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """What one page is about. `agency` is None where municipalities share; `service` is None before there is one.

    Without either it is about the texts that no agency has to itself: why one is summoned in a track.
    """

    agency: Agency | None
    service: Service | None

    @property
    def code(self) -> str:
        return self.agency.code if self.agency else KOM if self.service else ""

    @property
    def key(self) -> str:
        """What stands in the page's address: the agency's code, or the municipality's."""
        return self.municipality.code if self.municipality else self.code or COMMON

    @property
    def municipality(self) -> Municipality | None:
        return self.agency.municipality if self.agency else None

    @property
    def row(self) -> Agency | Service | None:
        """The row whose version is the page's; common texts have none."""
        return self.agency or self.service

    @property
    def version(self) -> int:
        """Rises with every change of what stands on the page; of common texts it is how often they were changed."""
        if self.row is not None:
            return int(self.row.version)
        return int(TextBlockChange.objects.filter(service=None, agency_code="").count())

    def refresh(self) -> None:
        """Read the version again."""
        if self.row is not None:
            self.row.refresh_from_db()

    @property
    def keeps_service(self) -> bool:
        """Whether title and usual length are changed here, and not on the page that all municipalities share."""
        return self.service is not None and self.municipality is None

    def __str__(self) -> str:
        if self.agency:
            return self.agency.name
        return (
            _("%(name)s, what all share") % {"name": agency_name(KOM)} if self.service else _("Common texts")
        )

    def of_it(self, model: type[Any]) -> QuerySet[Any]:
        """The lengths, documents or texts that this page may change: a municipality's page only its own ones."""
        whose = Q(service=self.service) if self.service else Q(pk=None)
        if model is TextBlock:
            whose |= Q(agency_code=self.code, service=None)
        rows: QuerySet[Any] = model.objects.filter(whose).select_related("municipality")
        return rows.filter(municipality=self.municipality) if self.municipality else rows


def may_change(by: User, entry: AgencyEntry) -> bool:
    """Whether somebody keeps the page: the secretariat each, a manager the own agency's."""
    if by.role == Role.SECRETARIAT:
        return True
    return by.role == Role.MANAGER and entry.agency is not None and by.agency_id == entry.agency.pk


def entries_of(by: User) -> list[AgencyEntry]:
    """The pages that somebody reaches: the secretariat all, a manager the own one; two queries."""
    services = {service.agency_code: service for service in Service.objects.all()}
    agencies = Agency.objects.select_related("municipality").order_by("municipality__name", "code")
    if by.role != Role.SECRETARIAT:
        return [AgencyEntry(agency, services.get(agency.code)) for agency in agencies.filter(staff=by)]
    found = [AgencyEntry(agency, services.get(agency.code)) for agency in agencies]
    national = sorted((one for one in found if not one.municipality), key=lambda one: one.code)
    shared = [AgencyEntry(None, services[KOM])] if KOM in services else []
    return [*national, AgencyEntry(None, None), *shared, *(one for one in found if one.municipality)]


def entry_at(key: str) -> AgencyEntry | None:
    """The entry whose address has this key, or None."""
    if key == COMMON:
        return AgencyEntry(None, None)
    agencies = Agency.objects.select_related("municipality")
    agency = agencies.filter(Q(municipality__code=key) | Q(municipality=None, code=key)).first()
    service = Service.objects.filter(agency_code=agency.code if agency else key).first()
    is_shared = key == KOM and service is not None
    return AgencyEntry(agency, service) if agency or is_shared else None
