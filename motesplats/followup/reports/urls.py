"""Addresses of the pages of day reports."""

from django.urls import path

from motesplats.followup.reports import views

urlpatterns = [
    path("day-reports/", views.day_reports, name="day-reports"),
    path("day-reports/missing/", views.missing_reports, name="missing-reports"),
    path("day-reports/<slug:site>/<date:date>/", views.day_report, name="day-report"),
]
