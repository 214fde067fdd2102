"""The API's addresses below /api/v1/."""

from django.urls import path, re_path

from bookings.api import chains, parties, places, proposals, summons, visits

REFERENCE = "(?P<reference>[0-9A-Z]{3}-[0-9A-Z]{3})"

urlpatterns = [
    path("sites/", places.Sites.as_view()),
    path("tracks/", places.Tracks.as_view()),
    path("legal-bases/", places.LegalBases.as_view()),
    path("parties/", parties.Parties.as_view()),
    re_path(f"^parties/{REFERENCE}/$", parties.OneParty.as_view()),
    path("proposals/", proposals.Proposals.as_view()),
    path("chains/", chains.Chains.as_view()),
    re_path(f"^chains/{REFERENCE}/$", chains.OneChain.as_view()),
    re_path(f"^chains/{REFERENCE}/move/$", chains.MoveChain.as_view()),
    re_path(f"^chains/{REFERENCE}/cancel/$", chains.CancelChain.as_view()),
    re_path(f"^chains/{REFERENCE}/check-in/$", chains.CheckInAtDesk.as_view()),
    re_path(rf"^chains/{REFERENCE}/summons\.pdf$", summons.SummonsPdf.as_view(), name="api-summons"),
    path("visits/", visits.Visits.as_view()),
]
