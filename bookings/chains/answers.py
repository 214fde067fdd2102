"""The API's answers about a chain: the chain or one's own visit of it, with the tag of its version."""

from django.http import Http404
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.entity_tags import with_tag
from agencies.web.problem_schema import problems
from bookings.chains.check_in import tag_of_visit
from bookings.chains.serializers import ChainSerializer
from bookings.chains.versions import tag_of
from bookings.models import Chain
from bookings.parties.queries import chains
from bookings.visits.api import OpenedVisitSerializer
from bookings.visits.queries import tell_manners, the_one_named, visits

REFUSED = problems(400, 403, 404, 413, 415, 422)


def chain_as_it_is(view: ApiView, chain: Chain) -> Response:
    """The chain, read again after a verb has changed it."""
    return _tagged(view, chains().get(pk=chain.pk))


def chain_or_visit(view: ApiView, reference: str, named: str = "") -> Response:
    """Your own chain, or your visit of another agency's chain."""
    if chain := chains().filter(reference=reference).first():
        return _tagged(view, chain)
    if visit := the_one_named(named, visits().filter(chain_reference=reference)):
        tell_manners([visit])
        return with_tag(Response(view.serialized(OpenedVisitSerializer, visit)), tag_of_visit(visit))
    raise Http404


def _tagged(view: ApiView, chain: Chain) -> Response:
    return with_tag(Response(view.serialized(ChainSerializer, chain)), tag_of(chain))
