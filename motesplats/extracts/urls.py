"""Addresses of extracts."""

from django.urls import path

from motesplats.extracts import newcomer_views, views

app_name = "extracts"
urlpatterns = [
    path("d/<str:token>/extracts", newcomer_views.own_extracts, name="own-extracts"),
    path("extracts/", views.wish_list, name="extract-wishes"),
    path("people/<uuid:key>/extract/", views.ask, name="ask-extract"),
    path("extracts/<uuid:key>/", views.extract_page, name="extract"),
    path("extracts/<uuid:key>/extract.json", views.extract_json, name="extract-json"),
    path("extracts/<uuid:key>/extract.pdf", views.extract_pdf, name="extract-pdf"),
]
