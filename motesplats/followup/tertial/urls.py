"""Addresses of tertial reports."""

from django.urls import path

from motesplats.followup.tertial import code_views, file_views, submit_views, views

REPORT = "tertial-reports/<slug:site>/<int:year>/<int:tertial>"
urlpatterns = [
    path("tertial-codes/", code_views.tertial_codes, name="tertial-codes"),
    path("tertial-codes/<str:code>/", code_views.tertial_code, name="tertial-code"),
    path("tertial-reports/", views.tertial_reports, name="tertial-reports"),
    path(f"{REPORT}/", views.tertial_report, name="tertial-report"),
    path(f"{REPORT}/correct/", submit_views.tertial_correct, name="tertial-correct"),
    path(f"{REPORT}/submit/", submit_views.tertial_submit, name="tertial-submit"),
    path(f"{REPORT}/report.csv", file_views.tertial_file, name="tertial-file"),
    path(f"{REPORT}/report.pdf", file_views.tertial_paper, name="tertial-paper"),
]
