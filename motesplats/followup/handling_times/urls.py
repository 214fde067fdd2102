"""The addresses of handling times."""

from django.urls import path

from motesplats.followup.handling_times import views

urlpatterns = [
    path("handling-times/", views.comparison, name="handling-times"),
    path("handling-times/country/", views.country_weeks, name="handling-country"),
    path("handling-times/sites/<slug:site>/", views.site_weeks, name="handling-weeks"),
    path("handling-times.csv", views.comparison_file, {"kind": "csv"}, name="handling-csv"),
    path("handling-times.xlsx", views.comparison_file, {"kind": "xlsx"}, name="handling-xlsx"),
]
