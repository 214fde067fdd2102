"""What each question of a tertial report asks."""

from django.utils.translation import gettext_lazy as _

from motesplats.models import TertialReport

Question = TertialReport.Question
ASKS = {
    Question.ADAPTATIONS: _("What have you changed in how the day goes?"),
    Question.COORDINATION: _("How has the cooperation worked?"),
    Question.REFERRALS: _("Where have you referred people, and what came of it?"),
    Question.INTERPRETERS: _("How has the interpreting gone?"),
    Question.STAFFING: _("Have shifts and desks been enough?"),
}
