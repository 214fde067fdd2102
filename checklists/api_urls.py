"""The API's addresses of checklists and consent."""

from django.urls import re_path

from agencies.web.converters import REFERENCE_GROUP
from checklists.consent.api import ConsentList
from checklists.steps.api import ChecklistDetail, TickStep

urlpatterns = [
    re_path(f"^chains/{REFERENCE_GROUP}/consents/$", ConsentList.as_view()),
    re_path(f"^checklists/{REFERENCE_GROUP}/$", ChecklistDetail.as_view()),
    re_path(f"^checklists/{REFERENCE_GROUP}/steps/(?P<key>[a-z0-9-]+)/$", TickStep.as_view()),
]
