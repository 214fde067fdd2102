"""The addresses of the checklist: the staff's, and the party's own."""

from django.urls import path

from checklists.views import checklists, consents, newcomer, own_consents, templates

urlpatterns = [
    path("checklists/templates/", templates.template_list, name="checklist-templates"),
    path("checklists/templates/<slug:site>/<int:track>/", templates.revise, name="revise-checklist"),
    path("checklists/<reference:reference>/", checklists.checklist_page, name="checklist"),
    path("checklists/<reference:reference>/steps/<slug:key>/", checklists.tick, name="tick-step"),
    path("checklists/<reference:reference>/note/", checklists.note, name="write-note"),
    path("checklists/<reference:reference>/referrals/<slug:code>/", checklists.start_referral, name="refer"),
    path("chains/<reference:reference>/consents/", consents.consents, name="consents"),
    path("d/<str:token>/consents", own_consents.own_consents, name="own-consents"),
    path("d/<str:token>/receipts/<uuid:key>", own_consents.receipt, name="consent-receipt"),
    path("d/<str:token>/checklist", newcomer.own_checklist, name="own-checklist"),
]
