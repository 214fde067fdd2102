"""The API's addresses of day reports."""

from django.urls import path

from motesplats.followup.reports import api

urlpatterns = [
    path("day-reports/", api.DayReportList.as_view()),
    path("day-reports/<slug:site>/<date:date>/", api.DayReportDetail.as_view()),
    path("day-reports/<slug:site>/<date:date>/lock/", api.LockDayReport.as_view()),
]
