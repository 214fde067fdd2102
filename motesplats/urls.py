"""Every address of the house."""

from django.contrib import admin
from django.urls import include, path

from motesplats.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("motesplats.api")),
    path("admin/", admin.site.urls),
    path("", include("agencies.urls")),
    path("", include("bookings.urls")),
]
