"""Everything below /api/v1/: the addresses, their description, and a page to read it on."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from agencies.web.problems import no_such_address

app_name = "api"
# The read log keeps these names, so each begins with api.
urlpatterns = [
    path(
        "",
        # Without metadata OPTIONS is answered 405, instead of with the page.
        SpectacularSwaggerSplitView.as_view(
            url_name="api:api-schema", template_name="api.html", metadata_class=None
        ),
        name="api",
    ),
    # In one language, so that two clients generate the same code from it.
    path("schema/", override("en")(SpectacularAPIView.as_view()), name="api-schema"),
    path("", include("agencies.api_urls")),
    path("", include("bookings.api_urls")),
    path("", include("checklists.api_urls")),
    path("", include("motesplats.followup.api_urls")),
    re_path("", login_not_required(csrf_exempt(no_such_address))),
]
