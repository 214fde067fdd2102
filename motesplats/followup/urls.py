"""The secretariat's addresses."""

from django.urls import path

from motesplats.followup import understanding_views, views
from motesplats.followup.benefit import views as benefit_views
from motesplats.followup.benefit.files import CSV, WORKBOOK

app_name = "followup"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures.csv", views.figures_file, name="figures-file"),
    path("understanding/", understanding_views.understanding, name="understanding"),
    path("followup/benefit/", benefit_views.benefit, name="benefit"),
    path("followup/benefit/calculation/", benefit_views.calculation, name="benefit-calculation"),
    path(
        "followup/benefit/calculation.csv",
        benefit_views.calculation_file,
        {"kind": CSV},
        name="benefit-csv",
    ),
    path(
        "followup/benefit/calculation.xlsx",
        benefit_views.calculation_file,
        {"kind": WORKBOOK},
        name="benefit-xlsx",
    ),
    path("followup/benefit/compare/", benefit_views.compare, name="benefit-compare"),
    path(
        "followup/benefit/compare.csv", benefit_views.compare_file, {"kind": CSV}, name="benefit-compare-csv"
    ),
    path(
        "followup/benefit/compare.xlsx",
        benefit_views.compare_file,
        {"kind": WORKBOOK},
        name="benefit-compare-xlsx",
    ),
    path("followup/benefit/<reference:reference>/", benefit_views.saved, name="benefit-saved"),
]
