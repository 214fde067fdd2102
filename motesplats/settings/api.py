"""The REST API and its OpenAPI description."""

from motesplats.settings.base import BASE_URL

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "agencies.staff.api.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "agencies.web.schema.ApiSchema",
    "DEFAULT_PAGINATION_CLASS": "agencies.web.paging.ApiPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "agencies.web.problems.problem_response",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Motesplats",
    "DESCRIPTION": "Books a newly arrived family's whole day with the agencies that it meets.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SWAGGER_UI_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "SummonsAnswerEnum": "bookings.models.answers.SummonsAnswer.Kind",
        "Sex": "agencies.models.Sex",
        "ChainState": "bookings.models.chains.Chain.State",
        "SiteState": "agencies.models.organisation.Site.State",
        "LocationKind": "agencies.models.organisation.Location.Kind",
        "ConsentAnswer": "checklists.models.consents.ConsentEvent.Kind",
        "ConsentState": "checklists.consent.answers.STATES",
        "InterpretingForm": "interpreters.models.agreements.Form",
        "HintKind": "bookings.proposals.hints.KINDS",
        "Stakeholder": "motesplats.followup.benefit.serializers.STAKEHOLDERS",
    },
    "SERVERS": [{"url": BASE_URL}],
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "agencies.web.schema.null_as_a_type",
        "agencies.web.schema.kinds_of_problems",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
}
