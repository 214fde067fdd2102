"""The secretariat's addresses."""

from django.urls import path

from motesplats.followup import understanding_views
from motesplats.followup.dashboard import views

app_name = "followup"
urlpatterns = [
    path("figures/", views.dashboard, name="figures"),
    path("figures/<slug:table>.csv", views.dashboard_file, {"kind": "csv"}, name="figures-csv"),
    path("figures/<slug:table>.xlsx", views.dashboard_file, {"kind": "xlsx"}, name="figures-xlsx"),
    path("understanding/", understanding_views.understanding, name="understanding"),
]
