"""The addresses of imported figures."""

from django.urls import path

from motesplats.followup.history import views

urlpatterns = [
    path("results/", views.results, name="results"),
    path("results/import/", views.import_figures_page, name="import-figures"),
    path("results/imported.csv", views.imported_file, name="imported-file"),
    path("results.csv", views.results_file, {"kind": "csv"}, name="results-csv"),
    path("results.xlsx", views.results_file, {"kind": "xlsx"}, name="results-xlsx"),
]
