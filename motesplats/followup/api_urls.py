"""The API's addresses of what is followed up, below /api/v1/."""

from django.urls import path

from motesplats.followup.figures import api as figures

urlpatterns = [
    path("figures/", figures.FigureList.as_view(), name="api-figures"),
]
