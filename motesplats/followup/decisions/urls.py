"""Addresses of decisions and visits."""

from django.urls import path

from motesplats.followup.decisions import views

urlpatterns = [
    path("site-visits/", views.site_visits, name="site-visits"),
    path("site-visits/new/", views.site_visit, name="new-site-visit"),
    path("site-visits/<int:row>/", views.site_visit, name="site-visit"),
    path("steering-decisions/", views.steering_decisions, name="steering-decisions"),
    path("steering-decisions/new/", views.steering_decision, name="new-steering-decision"),
    path("steering-decisions/<int:row>/", views.steering_decision, name="steering-decision"),
    path("steering-decisions/<int:row>/done/", views.decision_done, name="decision-done"),
]
