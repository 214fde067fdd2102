"""The API's addresses of follow-up below /api/v1/."""

from django.urls import include, path

urlpatterns = [
    path("", include("motesplats.followup.reports.api_urls")),
]
