"""The translators' page."""

from django.urls import path

from motesplats.catalogues import views

app_name = "catalogues"
urlpatterns = [path("texts/sentences/<str:language>/", views.sentence_list, name="sentences")]
