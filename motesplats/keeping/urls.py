"""Addresses of retention."""

from django.urls import path

from motesplats.keeping import views

app_name = "keeping"
urlpatterns = [
    path("retention/", views.retention, name="retention"),
    path("retention/<int:rule>/withdraw/", views.withdraw_rule, name="withdraw-rule"),
    path("agencies/<slug:agency>/retention/", views.retention_of, name="retention-of"),
]
