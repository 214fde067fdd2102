"""The addresses of goals and series."""

from django.urls import path

from motesplats.followup.goals import file_views, views

urlpatterns = [
    path("goals/", views.goals_page, name="goals"),
    path("goals/new/", views.new_goal, name="new-goal"),
    path("goals/<int:goal>/end/", views.end_goal_page, name="end-goal"),
    path("goals/series/import/", file_views.import_series, name="import-series"),
    path("goals/series/<slug:code>/", views.series_page, name="series"),
    path("goals/series.csv", file_views.series_file, name="series-file"),
]
