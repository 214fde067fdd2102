"""The addresses of the open data; the version stands in each file's."""

from django.urls import path

from motesplats.followup.open_data import views

urlpatterns = [
    path("open-data/", views.open_data, name="open-data"),
    path("open-data/v1/figures.csv", views.figures_csv, name="open-data-csv"),
    path("open-data/v1/figures.json", views.figures_json, name="open-data-json"),
    path("open-data/v1/dictionary.csv", views.dictionary_csv, name="open-data-dictionary"),
    path("open-data/v1/catalogue.jsonld", views.catalogue, name="open-data-catalogue"),
]
