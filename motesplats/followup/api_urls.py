"""The API's addresses of figures below /api/v1/."""

from django.urls import path

from motesplats.followup.goals import api as goals
from motesplats.followup.history import api as history

urlpatterns = [
    path("figures/goals/", goals.GoalList.as_view()),
    path("figures/series/", goals.SeriesList.as_view()),
    path("figures/results/", history.FigureResultList.as_view()),
]
