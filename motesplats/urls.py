"""Every address of the house."""

from django.contrib import admin
from django.urls import path

from motesplats.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
]
