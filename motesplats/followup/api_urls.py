"""The API's addresses of what is followed up, below /api/v1/."""

from django.urls import include, path

from motesplats.followup.benefit import api as benefit
from motesplats.followup.dashboard import api as figures
from motesplats.followup.goals import api as goals
from motesplats.followup.history import api as history

urlpatterns = [
    path("benefit/", benefit.Benefit.as_view(), name="api-benefit"),
    path("figures/", figures.FigureList.as_view(), name="api-figures"),
    path("figures/goals/", goals.GoalList.as_view()),
    path("figures/results/", history.FigureResultList.as_view()),
    path("figures/series/", goals.SeriesList.as_view()),
    path("", include("motesplats.followup.reports.api_urls")),
]
