"""A tertial report on paper."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.languages import LANGUAGES
from agencies.refusals import Refusal
from bookings.summons.copies import PRESS, PrinterBusy
from bookings.summons.limits import LimitExceeded
from bookings.summons.render import render_document
from motesplats.followup.tertial.pages import TertialDocument


class TertialNotPrinted(Refusal):
    """The report takes more time or memory than it may."""

    kind = "tertial-not-printed"
    status = 409


def tertial_pdf(document: TertialDocument, *, at: datetime) -> bytes:
    """The report as a tagged PDF in the reader's language. Raises PrinterBusy or TertialNotPrinted."""
    context = {"document": document, "language": LANGUAGES[get_language() or "sv"], "at": at}
    if not PRESS.acquire(blocking=False):
        raise PrinterBusy(_("Many letters are being printed just now. Try again in a few seconds."))
    try:
        return render_document("motesplats/followup/tertial/paper.html", context, sheet="tertial.css")
    except LimitExceeded as error:
        raise TertialNotPrinted(_("The report could not be printed. Try again later.")) from error
    finally:
        PRESS.release()
