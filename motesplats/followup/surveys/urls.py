"""Addresses of surveys."""

from django.urls import path

from motesplats.followup.surveys import result_views, views

urlpatterns = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/faces/", result_views.survey_faces, name="survey-faces"),
    path("surveys/faces.csv", result_views.survey_faces_file, name="survey-faces-file"),
    path("surveys/new/", views.new_round, name="new-survey-round"),
    path("surveys/<int:row>/", views.survey_round, name="survey-round"),
    path("surveys/<int:row>/results/", result_views.survey_results, name="survey-results"),
    path("surveys/<int:row>/results.csv", result_views.survey_results_file, name="survey-results-file"),
]
