"""Where, in which track and between which days: the search for a party's day."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.clock import local
from agencies.codes import agency_name, known_codes
from agencies.models import Site, User
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from bookings.attendance.eligibility import sites_of, tracks_of
from bookings.models import Chain, Track

SEARCH_FOR = timedelta(weeks=3)


class SearchForm(RefusableForm):
    """Where, in which track and between which days a party may come."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Mötesplats"), empty_label=None)
    track: "forms.ModelChoiceField[Track]" = forms.ModelChoiceField(
        Track.objects.none(), label=_("Track"), empty_label=None
    )
    first = DayField(label=_("From"))
    to = DayField(label=_("To"))
    without = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        by: User,
        at: datetime,
        chain: Chain | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.by, self.at = by, at
        self.initial = {**usual_search(by=by, at=at, chain=chain), **self.initial}
        self._offer("site", sites_of(by, chain))
        self._offer("track", tracks_of(by))

    @classmethod
    def prefilled(
        cls, search: Mapping[str, Any], *, by: User, at: datetime, chain: Chain | None = None
    ) -> Self:
        """A bound form, so that proposals come at once; what `search` leaves out is as usual."""
        return cls({**usual_search(by=by, at=at, chain=chain), **search}, by=by, at=at, chain=chain)

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Let the user choose among these rows, unless there is only one."""
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows
        if len(self.offered(name)) == 1:
            self.fields[name].widget = forms.HiddenInput()

    def offered(self, name: str) -> QuerySet[Any]:
        """The rows among which a field lets the user choose."""
        rows = cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset
        assert rows is not None
        return rows

    @property
    def may_search(self) -> bool:
        """Whether the user's agency summons in some track, and the user works at some site."""
        return bool(self.offered("site") and self.offered("track"))

    @property
    def has_errors(self) -> bool:
        return bool(self.errors)

    def point_at_error(self) -> None:
        """Give the first field with an error the focus."""
        for field in self.all_fields():
            if field.errors and not field.is_hidden:
                field.field.widget.attrs["autofocus"] = True
                return

    def all_fields(self) -> Iterable[forms.BoundField]:
        return self

    def search(self) -> dict[str, Any]:
        """Arguments of `propose`."""
        data = self.cleaned_data
        return {
            "site": data["site"],
            "track": data["track"],
            "first": data["first"],
            "last": data["to"],
            "without": tuple(data.get("without", "").split()),
        }

    @property
    def left_out_names(self) -> list[str]:
        """The names of the agencies without which a day is searched for."""
        codes = str(self.data.get("without", "")).split()
        return [agency_name(code) for code in codes if code in known_codes()]


def usual_search(*, by: User, at: datetime, chain: Chain | None = None) -> dict[str, Any]:
    """The chain's or the user's first site, for three weeks from the first day that the notice allows."""
    site = chain.site_day.location.site if chain else by.sites.first()
    track = tracks_of(by).first()
    notice = timedelta(days=site.minimum_notice_days if site else 0)
    first = local(at).date() + notice
    return {"site": site and site.pk, "track": track and track.pk, "first": first, "to": first + SEARCH_FOR}
