"""The addresses of checklists and consent: the staff's, and the newcomer's under /d/."""

from django.urls import path

from agencies.web import converters  # noqa: F401  registers <reference:…>
from checklists.consent import newcomer_choices_views
from checklists.consent import newcomer_views as consent_newcomer_views
from checklists.consent import views as consent_views
from checklists.rules import text_views as rule_texts
from checklists.rules import views as rules
from checklists.steps import newcomer_views as steps_newcomer_views
from checklists.steps import template_views
from checklists.steps import views as steps_views

app_name = "checklists"
urlpatterns = [
    path("checklists/templates/", template_views.template_list, name="checklist-templates"),
    path("checklists/templates/<slug:site>/<int:track>/", template_views.revise, name="revise-checklist"),
    path("checklists/<reference:reference>/", steps_views.checklist_page, name="checklist"),
    path("checklists/<reference:reference>/steps/<slug:key>/", steps_views.tick, name="tick-step"),
    path("checklists/<reference:reference>/note/", steps_views.note, name="write-note"),
    path("checklists/<reference:reference>/own-note/", steps_views.agency_note, name="write-agency-note"),
    path("checklists/<reference:reference>/referrals/<slug:code>/", steps_views.start_referral, name="refer"),
    path("rules/outcomes/", rules.outcomes, name="outcomes"),
    path("rules/outcomes/<int:outcome>/", rules.end_outcome, name="end-outcome"),
    path("rules/outcomes/<int:outcome>/texts/", rule_texts.outcome_texts, name="outcome-texts"),
    path("rules/referrals/<int:kind>/texts/", rule_texts.referral_kind_texts, name="referral-kind-texts"),
    path("rules/referrals/", rules.referral_kinds, name="referral-kinds"),
    path("rules/referrals/<int:kind>/", rules.end_referral_kind, name="end-referral-kind"),
    path("rules/consents/", rules.consent_periods, name="consent-periods"),
    path("chains/<reference:reference>/consents/", consent_views.consents, name="consents"),
    path("d/<str:token>/consents", consent_newcomer_views.own_consents, name="own-consents"),
    path("d/<str:token>/choices", newcomer_choices_views.own_choices, name="own-choices"),
    path("d/<str:token>/receipts/<uuid:key>", consent_newcomer_views.receipt, name="consent-receipt"),
    path("d/<str:token>/checklist", steps_newcomer_views.own_checklist, name="own-checklist"),
]
