"""The measures that are counted from bookings, rosters, interpreting, consents and answers, on days that have ended.

Their sums come from the database's function `counted_month`.
"""

from django.utils.translation import gettext_lazy as _

from motesplats.followup.measure_kinds import Kind, Measure

MINUTES, HOURS, DAYS, KILOMETRES = _("minutes"), _("hours"), _("days"), _("km")

STRAIN = (
    Measure(
        "waiting_minutes",
        _("waiting"),
        _(
            "Minutes that a party which came waited between its meetings, besides walks, breaks and lunch: as booked, "
            "and by how much later or earlier the meetings began and ended; the mean of the days."
        ),
        Kind.MEAN,
        MINUTES,
        ("track", "language"),
    ),
    Measure(
        "meetings_per_day",
        _("meetings in a day"),
        _("Meetings that were held with a party on its day; the mean of the days."),
        Kind.MEAN,
    ),
    Measure(
        "interpreters_per_chain",
        _("interpreters in a day"),
        _(
            "Different interpreters whom a party met on its day, an order from outside as one; the mean of the days "
            "with any."
        ),
        Kind.MEAN,
    ),
    Measure(
        "travel_km",
        _("travel"),
        _(
            "Kilometres in a straight line from the home municipality, by a point in its main town, to the site, of "
            "the parties that came to the place; the mean of the days."
        ),
        Kind.MEAN,
        KILOMETRES,
        ("track",),
    ),
)
EFFICIENCY = (
    Measure(
        "persons_per_staff_hour",
        _("persons per staff hour"),
        _(
            "People who came, by hours on shift; of an agency, the people whom it met by its own hours. Hours as in "
            "“hours given”."
        ),
        Kind.MEAN,
        by=("agency",),
    ),
    Measure(
        "hours_given",
        _("hours given"),
        _("Hours of caseworkers' approved shifts on days that have ended, without breaks and absences."),
        unit=HOURS,
        by=("agency",),
    ),
    Measure(
        "persons_met",
        _("persons met"),
        _(
            "People whom an agency met on a day, all who were called to a meeting that was held: who meets two "
            "agencies counts twice."
        ),
        by=("agency", "sex"),
    ),
    Measure(
        "idle_share",
        _("time without a meeting"),
        _(
            "The part of the hours given in which no meeting was held, by the booked times. Time with protected "
            "identities counts as without a meeting."
        ),
        Kind.SHARE,
        by=("agency",),
    ),
    Measure(
        "paid_per_interpreted_minute",
        _("interpreter minutes paid per minute interpreted"),
        _(
            "Minutes that confirmed orders are paid for, the minimum and started units included, by the minutes of "
            "meetings that were held with their interpreters."
        ),
        Kind.MEAN,
    ),
    Measure(
        "unfilled_orders",
        _("orders without an interpreter"),
        _(
            "Of the interpreters that were ordered and not cancelled, those that nobody confirmed; asked anew they "
            "count once."
        ),
        Kind.SHARE,
    ),
    Measure(
        "on_site_share",
        _("interpreted on site"),
        _("The part of the interpreted minutes in which the interpreter was at the place."),
        Kind.SHARE,
    ),
)
TIME = (
    Measure(
        "days_to_last_meeting",
        _("days to last meeting"),
        _(
            "Days from the permit decision, or where it is not known from the first booking, to the last meeting that "
            "was held; the median of the parties. Before, it took three to four weeks."
        ),
        Kind.MEDIAN,
        DAYS,
        ("track",),
    ),
    Measure(
        "days_from_call",
        _("days from the call"),
        _("Days from the first booking to the last meeting that was held; the median of the parties."),
        Kind.MEDIAN,
        DAYS,
        ("track",),
    ),
    Measure(
        "within_7_days",
        _("within 7 days"),
        _(
            "Parties whose last meeting was held at most 7 days after what “days to last meeting” begins with."
        ),
        Kind.SHARE,
        by=("track",),
    ),
)
BALANCE = (
    Measure(
        "agency_no_shows",
        _("meetings to which nobody came"),
        _(
            "Meetings of an agency that are written down as not attended, whether the party came to others or not."
        ),
        by=("agency",),
    ),
    Measure(
        "consent_share",
        _("consents given"),
        _(
            "Of the adults' answers about what may be shown to an agency, those that were yes; the last "
            "answer to each question counts."
        ),
        Kind.SHARE,
        by=("agency",),
    ),
)
SURVEY = tuple(
    Measure(
        f"survey_{code}",
        name,
        _("Answers of newcomers after the day, from 1 (no) to 4 (yes); the mean of those who answered."),
        Kind.MEAN,
    )
    for code, name in (
        ("purpose", _("knew why")),
        ("interpreter", _("understood the interpreter")),
        ("next_step", _("knows the next step")),
        ("in_control", _("feels in control")),
    )
)
STOPS = (
    Measure(
        "chains_stopped",
        _("days that were stopped"),
        _(
            "Parties' days that lacked an interpreter or an agency, to which the party did not come, for which it "
            "needed another time, or which the place asked to have moved; a day with two reasons stands under both."
        ),
        by=("why",),
    ),
    Measure(
        "days_waited",
        _("days on the waiting list"),
        _("Days that a party was on the waiting list which left it in the month; the median of the parties."),
        Kind.MEDIAN,
        DAYS,
        ("why",),
    ),
)
CAPACITY = (
    Measure(
        "capacity_hours",
        _("capacity in hours"),
        _(
            "Hours of caseworkers' approved shifts in the month, also on days ahead; breaks are not taken off."
        ),
        unit=HOURS,
    ),
    Measure(
        "inflow_persons",
        _("persons expected"),
        _("How many newcomers the site's municipalities expect in the month, as each of them said last."),
    ),
)
COUNTED = (*STRAIN, *EFFICIENCY, *TIME, *BALANCE, *SURVEY, *STOPS, *CAPACITY)
