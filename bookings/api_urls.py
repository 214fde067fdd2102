"""The API's addresses below /api/v1/."""

from django.urls import path, re_path

from agencies.web.converters import REFERENCE_GROUP
from bookings.attendance import api as places
from bookings.board import api as board
from bookings.chains import amend_api, answer_api, desk_api
from bookings.chains import api as chains
from bookings.interpreting import api as interpreting
from bookings.mails import api as mails
from bookings.messages import api as messages
from bookings.messages import receipt_api as receipts
from bookings.parties import api as parties
from bookings.proposals import api as proposals
from bookings.replies import api as replies
from bookings.summons import api as summons
from bookings.visits import api as visits

urlpatterns = [
    path("sites/", places.SiteList.as_view()),
    path("municipalities/", places.MunicipalityList.as_view()),
    path("agencies/", places.AgencyList.as_view()),
    path("languages/", places.LanguageList.as_view()),
    path("spoken-languages/", places.SpokenLanguageList.as_view()),
    path("tracks/", places.TrackList.as_view()),
    path("legal-bases/", places.LegalBasisList.as_view()),
    path("parties/", parties.PartyList.as_view()),
    re_path(f"^parties/{REFERENCE_GROUP}/$", amend_api.CorrectParty.as_view(), name="api-party"),
    re_path(f"^parties/{REFERENCE_GROUP}/open/$", parties.OpenParty.as_view()),
    path("proposals/", proposals.ProposalSearch.as_view()),
    path("chains/", chains.ChainList.as_view()),
    re_path(f"^chains/{REFERENCE_GROUP}/$", chains.ChainDetail.as_view(), name="api-chain"),
    re_path(f"^chains/{REFERENCE_GROUP}/move/$", chains.MoveChain.as_view()),
    re_path(f"^chains/{REFERENCE_GROUP}/cancel/$", chains.CancelChain.as_view()),
    re_path(f"^chains/{REFERENCE_GROUP}/interpreter/$", chains.OutsideInterpreter.as_view()),
    re_path(f"^chains/{REFERENCE_GROUP}/answers/$", answer_api.AnswerList.as_view()),
    re_path(f"^chains/{REFERENCE_GROUP}/check-in/$", desk_api.CheckInAtDesk.as_view()),
    re_path(f"^chains/{REFERENCE_GROUP}/attendance/$", desk_api.RecordAttendance.as_view()),
    re_path(rf"^chains/{REFERENCE_GROUP}/summons\.pdf$", summons.SummonsPdf.as_view(), name="api-summons"),
    path("dispatches/", messages.DispatchList.as_view()),
    path("replies/<str:secret>/", replies.receive_reply, name="api-reply"),
    path("mails/<str:secret>/", mails.receive_mail, name="api-mail"),
    path("receipts/<str:signed>/", receipts.receive_receipt, name="api-receipt"),
    path("visits/", visits.VisitList.as_view()),
    re_path(f"^visits/{REFERENCE_GROUP}/understood/$", visits.MarkVisit.as_view()),
    path("boards/<slug:site>/<date:date>/", board.BoardOfDay.as_view()),
    path("boards/<slug:site>/<date:date>/arrivals/", board.ArriveByCode.as_view()),
    path("interpreter-orders/", interpreting.OrderList.as_view()),
    re_path(
        f"^interpreter-orders/{REFERENCE_GROUP}/$",
        interpreting.OrderDetail.as_view(),
        name="api-interpreter-order",
    ),
    re_path(f"^interpreter-orders/{REFERENCE_GROUP}/receive/$", interpreting.ReceiveOrder.as_view()),
    re_path(f"^interpreter-orders/{REFERENCE_GROUP}/confirm/$", interpreting.ConfirmOrder.as_view()),
    re_path(f"^interpreter-orders/{REFERENCE_GROUP}/decline/$", interpreting.DeclineOrder.as_view()),
    re_path(f"^interpreter-orders/{REFERENCE_GROUP}/next/$", interpreting.AskNext.as_view()),
    re_path(f"^interpreter-orders/{REFERENCE_GROUP}/cancel/$", interpreting.CancelOrder.as_view()),
]
