"""The followup's addresses of the API."""

from django.urls import path

from motesplats.followup.benefit import api

urlpatterns = [path("benefit/", api.Benefit.as_view(), name="api-benefit")]
