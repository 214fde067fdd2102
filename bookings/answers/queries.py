"""Which answers hold."""

from django.db import connection
from django.db.models import QuerySet

from bookings.models import Chain, Link, Message, SummonsAnswer

Kind = SummonsAnswer.Kind


def answers_of(chain: Chain) -> QuerySet[SummonsAnswer]:
    """All answers to the chain's summons, the former ones too, the first given first."""
    found = SummonsAnswer.objects.filter(chain=chain)
    return found.select_related("party", "newcomer__own_contact", "given_by", "settled_by")


def own_answers(link: Link) -> dict[str, SummonsAnswer]:
    """What the link's adult has answered and not replaced: `presence` and `help`, as far as there are; one query."""
    holding = SummonsAnswer.objects.filter(chain=link.chain_id, newcomer=link.newcomer_id, replaced_at=None)
    return {"help" if answer.kind == Kind.HELP else "presence": answer for answer in holding}


def is_number_known(link: Link) -> bool:
    """Whether there is a number at which the adult of the entered link is called, or one sealed; which is not told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_number_known(%s)", [link.pk])
        return bool(cursor.fetchone()[0])


def why_held_back(message: Message) -> str:
    """Why a reminder waits: the family has asked for another time and nobody has dealt with that."""
    waits = SummonsAnswer.objects.filter(
        chain=message.chain_id, kind=Kind.ANOTHER_TIME, replaced_at=None, settled_at=None
    )
    return "another_time" if waits.exists() else ""
