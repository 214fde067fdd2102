"""Calculate by the API; nothing is kept."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Role
from agencies.refusals import Refusal
from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from agencies.web.problems import flattened
from agencies.web.requests import ApiRequest
from agencies.web.roles import require_role
from motesplats.followup.benefit.calculate import calculate
from motesplats.followup.benefit.check import nonsense_in
from motesplats.followup.benefit.read_body import assumptions_in
from motesplats.followup.benefit.serializers import BenefitAssumptionsSerializer, BenefitResultSerializer
from motesplats.followup.benefit.wording import NONSENSE

READERS = (Role.COORDINATOR, Role.MANAGER, Role.SECRETARIAT)


class BadAssumptions(Refusal):
    """Assumptions that make no sense, by the name of each."""

    kind = "bad-assumptions"
    status = 400


class MayCalculate(BasePermission):
    """The secretariat, coordinators and managers."""

    def has_permission(self, request: ApiRequest, view: APIView) -> bool:  # type: ignore[override]  # as in ApiView
        message = _("The secretariat, coordinators and managers calculate what an effort is worth.")
        if request.method == "POST":
            require_role(request.user, *READERS, message=message)
        return True


class Benefit(ApiView):
    permission_classes = (IsAuthenticated, MayCalculate)
    pagination_class = None

    @extend_schema(
        operation_id="benefit",
        description="What an effort costs and is worth, after NyttoSam. Nothing is kept. Whatever is left out is "
        "open, and so is each figure made of it: null. A member of another name is refused. Forwards with costs, "
        "effects and an alternative; backwards with `cost`, `indirect_tax_factor`, `payback_years` and "
        "`yearly_value_per_person`.",
        request=BenefitAssumptionsSerializer,
        responses={200: BenefitResultSerializer, **problems(400, 403, 413, 415)},
    )
    def post(self, request: ApiRequest) -> Response:
        assumed = assumptions_in(self._readable())
        if wrong := nonsense_in(assumed):
            raise BadAssumptions(
                _("This cannot be reckoned."),
                errors={name: [str(NONSENSE[what])] for name, what in wrong.items()},
            )
        return Response(self.serialized(BenefitResultSerializer, calculate(assumed)))

    def _readable(self) -> dict[str, Any]:
        """The body as cleaned; whatever is wrong with a member makes it a bad request."""
        try:
            return self.validated(BenefitAssumptionsSerializer)
        except ValidationError as error:
            found = flattened(error.detail)
            if isinstance(found, dict):
                raise BadAssumptions(_("Look at the marked fields."), errors=found) from None
            raise BadAssumptions(" ".join(map(str, found))) from None
