"""The secretariat's addresses."""

from django.urls import include, path

from motesplats.followup import understanding_views, views

app_name = "followup"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures.csv", views.figures_file, name="figures-file"),
    path("", include("motesplats.followup.goals.urls")),
    path("", include("motesplats.followup.handling_times.urls")),
    path("", include("motesplats.followup.history.urls")),
    path("", include("motesplats.followup.open_data.urls")),
    path("understanding/", understanding_views.understanding, name="understanding"),
]
