"""URLs of sign-in, of the pages for staff and of the sites' pages."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from agencies.directory import document_views as documents
from agencies.directory import provider_views as providers
from agencies.directory import sound_views as sounds
from agencies.directory import text_views as texts
from agencies.directory import views as directory
from agencies.rules import views as rules
from agencies.sign_in import calendar_views as calendars
from agencies.sign_in import factor_views, session_views
from agencies.sign_in import views as sign_in
from agencies.sites import municipality_views as municipalities
from agencies.sites import place_views as places
from agencies.sites import views as sites
from agencies.staff import opener_views as openers
from agencies.staff import views as staff
from agencies.unsent_work import views as unsent_work

app_name = "agencies"
urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign-out"),
    path("sign-out/everywhere/", sign_in.sign_out_everywhere, name="sign-out-everywhere"),
    path("password/", sign_in.ChangePassword.as_view(), name="change-password"),
    path("password/<str:uidb64>/<str:token>/", sign_in.ChoosePassword.as_view(), name="choose-password"),
    path("session/", session_views.session_left, name="session-left"),
    path("session/stay/", session_views.stay_signed_in, name="stay-signed-in"),
    path("unsent/", unsent_work.unsent_work, name="unsent-work"),
    path("unsent/drop/", unsent_work.drop_unsent_work, name="drop-unsent-work"),
    path("language/", login_not_required(set_language), name="set-language"),
    path("my-sign-in/token/", factor_views.new_token, name="new-token"),
    path("my-sign-in/token/end/", factor_views.end_token, name="end-token"),
    path("my-sign-in/calendar/", calendars.new_calendar, name="new-calendar"),
    path("my-sign-in/calendar/end/", calendars.end_calendar, name="end-calendar"),
    path("calendars/<str:secret>/shifts.ics", calendars.calendar_feed, name="calendar-feed"),
    path("staff/", staff.staff_list, name="staff"),
    path("openers/", openers.opener_list, name="openers"),
    path("openers/<str:username>/name/", openers.name, name="name-opener"),
    path("openers/<str:username>/withdraw/", openers.withdraw, name="withdraw-opener"),
    path("agencies/", directory.agency_list, name="agencies"),
    path("agencies/<slug:agency>/", directory.agency_page, name="agency"),
    path("agencies/<slug:agency>/names/", directory.edit_names, name="agency-names"),
    path("agencies/<slug:agency>/contact/", directory.edit_contact, name="agency-contact"),
    path("agencies/<slug:agency>/service/", directory.edit_service, name="agency-service"),
    path("agencies/<slug:agency>/new-text/", texts.new_text, name="new-text"),
    path("agencies/<slug:agency>/texts/<int:text>/", texts.edit_text, name="text"),
    path("agencies/<slug:agency>/texts/<int:text>/sound/", sounds.sound, name="sound"),
    path("agencies/<slug:agency>/texts/<int:text>/sound/listen/", sounds.hear_sound, name="hear-sound"),
    path("agencies/<slug:agency>/texts/<int:text>/sound/remove/", sounds.drop_sound, name="drop-sound"),
    path("agencies/<slug:agency>/lengths/", texts.lengths, name="agency-lengths"),
    path("agencies/<slug:agency>/lengths/<int:row>/remove/", texts.drop_length, name="drop-length"),
    path("agencies/<slug:agency>/documents/", texts.documents, name="agency-documents"),
    path("agencies/<slug:agency>/documents/<int:row>/remove/", texts.drop_document, name="drop-document"),
    path("agencies/<slug:agency>/sign-in/", providers.edit_provider, name="agency-provider"),
    path("agencies/<slug:agency>/sign-in/try/", providers.try_it, name="try-provider"),
    path("agencies/<slug:agency>/sign-in/switch/", providers.switch, name="switch-provider"),
    path("documents/", documents.document_list, name="documents"),
    path("documents/<slug:document>/", documents.edit_document, name="document"),
    path("rules/", rules.rules_index, name="rules"),
    path("rules/agencies/", rules.new_agency, name="new-agency"),
    path("rules/holidays/", rules.holidays, name="holidays"),
    path("rules/holidays/<int:holiday>/", rules.holiday, name="remove-holiday"),
    path("sites/", sites.site_list, name="sites"),
    path("new-site/", sites.new_site, name="new-site"),
    path("sites/<slug:site>/", sites.site_page, name="site"),
    path("sites/<slug:site>/edit/", sites.edit_site, name="edit-site"),
    path("sites/<slug:site>/state/", sites.edit_state, name="site-state"),
    path("sites/<slug:site>/ways/", sites.new_way, name="new-way"),
    path("sites/<slug:site>/new-place/", places.new_location, name="new-location"),
    path("sites/<slug:site>/places/<int:location>/", places.edit_location, name="location"),
    path("sites/<slug:site>/places/<int:location>/rooms/", places.new_room, name="new-room"),
    path("sites/<slug:site>/rooms/<int:room>/", places.edit_room, name="room"),
    path("sites/<slug:site>/new-municipality/", municipalities.choose, name="new-municipality"),
    path("municipalities/<slug:municipality>/", municipalities.edit_card, name="card"),
    path("municipalities/<slug:municipality>/site/", municipalities.point, name="point"),
    path("resets/", staff.resets, name="resets"),
    path("new-staff/", staff.new_staff, name="new-staff"),
    path("staff/<str:username>/", staff.one_of_staff, name="one-of-staff"),
    path("staff/<str:username>/close/", staff.close, name="close-staff"),
    path("staff/<str:username>/reset/", staff.reset, name="reset-sign-in"),
]
