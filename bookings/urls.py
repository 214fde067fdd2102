"""The staff's addresses, and the newcomer's below /d/."""

from django.urls import path

from agencies.web import converters  # noqa: F401  registers <reference:…>
from bookings.attendance import order_views as orders
from bookings.attendance import rule_views as attendance_rules
from bookings.board import arrival_views
from bookings.board import views as board
from bookings.capacity import import_views as forecasts
from bookings.capacity import views as capacity
from bookings.chains import amend_views, booking_views, form_views, telephone_views, together_views
from bookings.chains import views as chains
from bookings.closing import views as closing
from bookings.groups import views as groups
from bookings.interpreting import views as interpreting
from bookings.letters import views as letters
from bookings.messages import views as messages
from bookings.newcomer import (
    answer_views,
    bring_views,
    code_views,
    contact_views,
    day_views,
    listen_views,
    public_views,
    reading_views,
    survey_views,
    typed_views,
)
from bookings.parties import protection_views
from bookings.parties import views as parties
from bookings.readings import alarm_views
from bookings.readings import views as readings
from bookings.remote import views as remote
from bookings.search import views as search
from bookings.summons import views as summons
from bookings.texts import views as texts
from bookings.thresholds import views as thresholds
from bookings.today import attendance_views, understood_views
from bookings.today import views as today
from bookings.visits import views as visits
from bookings.week import import_views, pattern_views
from bookings.week import views as week
from bookings.worklists import views as worklists

app_name = "bookings"
urlpatterns = [
    path("", today.my_day, name="my-day"),
    path("todo/", worklists.todo, name="todo"),
    path("parties/", search.party_list, name="parties"),
    path("parties/new/", booking_views.new_party, name="new-party"),
    path("parties/open/", parties.open_party, name="open-party"),
    path("parties/<reference:reference>/", parties.party_page, name="party"),
    path("parties/<reference:reference>/amend/", amend_views.amend, name="amend-party"),
    path("parties/<reference:reference>/book/", booking_views.book_party, name="book-party"),
    path("parties/<reference:reference>/protect/", protection_views.protect, name="protect-party"),
    path("parties/<reference:reference>/identity/", protection_views.identity, name="identity"),
    path("parties/<reference:reference>/unprotect/", protection_views.unprotect, name="unprotect-party"),
    path("openings/", protection_views.opening_list, name="openings"),
    path("chains/<reference:reference>/", chains.chain_page, name="chain"),
    path("chains/<reference:reference>/move/", booking_views.move, name="move-chain"),
    path("chains/<reference:reference>/cancel/", chains.cancel, name="cancel-chain"),
    path("chains/<reference:reference>/interpreter/", chains.outside_interpreter, name="outside-interpreter"),
    path("chains/<reference:reference>/unwanted/", chains.unwanted_interpreter, name="unwanted-interpreter"),
    path("chains/<reference:reference>/answers/", telephone_views.take_answer, name="take-answer"),
    path("chains/<reference:reference>/form/", form_views.meeting_form, name="meeting-form"),
    path("chains/<reference:reference>/together/", together_views.together, name="meet-together"),
    path("chains/<reference:reference>/attendance/", attendance_views.attendance, name="attendance"),
    path("chains/<reference:reference>/understood/", understood_views.understood, name="understood"),
    path("chains/<reference:reference>/summons.pdf", chains.summons_pdf, name="summons-pdf"),
    path("chains/<reference:reference>/renew/<int:adult>/", summons.renew, name="renew-link"),
    path("chains/<reference:reference>/dispatches/", messages.dispatches, name="dispatches"),
    path("dispatches/", messages.failed_list, name="failed-messages"),
    path("reminders/<slug:site>/", messages.site_reminders, name="reminders"),
    path("post/", letters.print_queue, name="post"),
    path("post.pdf", letters.post_pdf, name="post-pdf"),
    path("board/", board.my_board, name="my-board"),
    path("boards/<slug:site>/", board.my_board, name="board-today"),
    path("boards/<slug:site>/<date:day>/", board.board, name="board"),
    path("boards/<slug:site>/<date:day>/live/", board.board_live, name="board-live"),
    path("boards/<slug:site>/<date:day>/attendance/", board.board_attendance, name="board-attendance"),
    path("boards/<slug:site>/<date:day>/arrivals/", arrival_views.arrivals, name="arrivals"),
    path("boards/<slug:site>/<date:day>/arrivals/live/", arrival_views.arrivals_live, name="arrivals-live"),
    path(
        "boards/<slug:site>/<date:day>/arrivals/attendance/",
        arrival_views.arrival_attendance,
        name="arrival-attendance",
    ),
    path("interpreters/<slug:site>/<date:day>/", interpreting.interpreter_day, name="interpreters"),
    path("interpreters/<slug:site>/<date:day>/orders.csv", interpreting.order_file, name="order-file"),
    path("interpreters/<slug:site>/<date:day>/orders.pdf", interpreting.order_sheet, name="order-sheet"),
    path("roster/", week.my_roster, name="my-roster"),
    path("roster/<slug:site>/", week.my_roster, name="roster-now"),
    path("roster/<slug:site>/<week:monday>/", week.roster, name="roster"),
    path("roster/<slug:site>/<week:monday>/person/", week.roster_cell, name="roster-cell"),
    path("roster/<slug:site>/<week:monday>/days/", week.roster_days, name="roster-days"),
    path("roster/<slug:site>/<week:monday>/roster.csv", week.roster_file, name="roster-file"),
    path("roster/<slug:site>/import/", import_views.roster_import, name="roster-import"),
    path("roster/<slug:site>/import/template.csv", import_views.roster_template, name="roster-template"),
    path("roster/<slug:site>/pattern/", pattern_views.roster_pattern, name="roster-pattern"),
    path("groups/<slug:site>/<date:day>/", groups.group_day, name="groups"),
    path("group-conditions/", groups.group_conditions, name="group-conditions"),
    path("remote-meetings/", remote.remote_rule, name="remote-rule"),
    path("capacity/", capacity.my_capacity, name="my-capacity"),
    path("capacity/<slug:site>/", capacity.capacity, name="capacity"),
    path("capacity/<slug:site>/capacity.csv", capacity.capacity_file, name="capacity-file"),
    path("capacity/<slug:site>/forecast/", capacity.save_month, name="save-forecast"),
    path("capacity/<slug:site>/import/", forecasts.forecast_import, name="forecast-import"),
    path("capacity/<slug:site>/import/template.csv", forecasts.forecast_template, name="forecast-template"),
    path("boards/<slug:site>/<date:day>/arrivals/card/", arrival_views.arrival_card, name="arrival-card"),
    path("closing/<slug:site>/", closing.closing, name="closing"),
    path("closing/<slug:site>/merge/", closing.merging, name="merging"),
    path("rules/attendance/", attendance_rules.attendance_rules, name="attendance-rules"),
    path("rules/attendance/<int:rule>/", attendance_rules.end_attendance_rule, name="end-attendance-rule"),
    path("rules/thresholds/", thresholds.thresholds, name="thresholds"),
    path("texts/", texts.texts, name="texts"),
    path("texts/import/", texts.text_import, name="text-import"),
    path("texts/letter/<str:language>/<int:track>/", texts.text_letter, name="text-letter"),
    path("texts/<str:language>.<str:kind>", texts.text_file, name="text-file"),
    path("rules/orders/", orders.orders, name="orders"),
    path("rules/orders/<int:order>/", orders.order, name="end-order"),
    path("rules/legal-bases/", attendance_rules.legal_bases, name="legal-bases"),
    path("rules/legal-bases/<int:basis>/", attendance_rules.end_legal_basis, name="end-legal-basis"),
    path("visits/", visits.visit_list, name="visits"),
    path("visits/<reference:reference>/", visits.visit_page, name="visit"),
    path("d/<str:token>", day_views.open_link, name="open-link"),
    path("spot-check/", readings.spot_check, name="spot-check"),
    path("spot-check.csv", readings.spot_check_file, name="spot-check-file"),
    path("unusual-readings/", alarm_views.alarm_list, name="unusual-readings"),
    path("b", typed_views.typed_link, name="type-link"),
    path("b/", typed_views.typed_link),
    path("b/<str:typed>", typed_views.typed_link, name="typed-link"),
    path("b/<str:typed>/", typed_views.typed_link),
    path("d/<str:token>/", day_views.open_link),
    path("d/<str:token>/calendar.ics", day_views.day_calendar, name="day-calendar"),
    path("d/<str:token>/listen/<int:text>", listen_views.listen, name="listen"),
    path("d/<str:token>/close", day_views.close_day, name="close-day"),
    path("d/<str:token>/answer", answer_views.answer, name="answer"),
    path("d/<str:token>/answered", answer_views.answered, name="answered"),
    path("d/<str:token>/another-time", answer_views.another_time, name="another-time"),
    path("d/<str:token>/call-me", answer_views.call_me, name="call-me"),
    path("d/<str:token>/key", code_views.type_code, name="type-code"),
    path("d/<str:token>/bring", bring_views.tick_documents, name="tick-documents"),
    path("d/<str:token>/survey", survey_views.survey, name="survey"),
    path("help", public_views.phones, name="phones"),
    path("accessibility", public_views.accessibility, name="accessibility"),
    path("privacy", public_views.privacy, name="privacy"),
    path("d/<str:token>/contact", contact_views.own_contact, name="own-contact"),
    path("d/<str:token>/readings", reading_views.reading_list, name="readings"),
]
