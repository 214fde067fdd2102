"""The API's addresses of rosters below /api/v1/."""

from django.urls import path

from agencies.rosters import api as rosters

urlpatterns = [
    path("site-days/", rosters.SiteDayList.as_view()),
    path("shifts/", rosters.ShiftList.as_view()),
    path("shifts/import/", rosters.ShiftImport.as_view()),
    path("shifts/<int:number>/", rosters.ShiftDetail.as_view()),
]
