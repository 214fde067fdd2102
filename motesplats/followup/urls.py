"""The secretariat's addresses."""

from django.urls import include, path

from motesplats.followup import understanding_views
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
]
