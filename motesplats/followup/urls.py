"""The secretariat's addresses."""

from django.urls import include, path

from motesplats.followup import understanding_views
from motesplats.followup.benefit import views as benefit_views
from motesplats.followup.benefit.files import CSV, WORKBOOK
from motesplats.followup.dashboard import views

app_name = "followup"
urlpatterns = [
    path("figures/", views.dashboard, name="figures"),
    path("figures/<slug:table>.csv", views.dashboard_file, {"kind": "csv"}, name="figures-csv"),
    path("figures/<slug:table>.xlsx", views.dashboard_file, {"kind": "xlsx"}, name="figures-xlsx"),
    path("", include("motesplats.followup.goals.urls")),
    path("", include("motesplats.followup.handling_times.urls")),
    path("", include("motesplats.followup.history.urls")),
    path("", include("motesplats.followup.open_data.urls")),
    path("understanding/", understanding_views.understanding, name="understanding"),
    path("", include("motesplats.followup.reports.urls")),
    path("", include("motesplats.followup.tertial.urls")),
    path("", include("motesplats.followup.surveys.urls")),
    path("", include("motesplats.followup.decisions.urls")),
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
