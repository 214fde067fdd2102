"""Every address: the API, the admin, then each app's pages."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from agencies.web.problems import no_such_address

# Who opens the admin signs in like everybody else, with a second factor; so allauth documents it.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign, no-untyped-call]

urlpatterns = [
    path("api/v1/", include("motesplats.api")),
    re_path("^api/", login_not_required(csrf_exempt(no_such_address))),
    path("admin/", admin.site.urls),
    path("", include("agencies.urls")),
    path("", include("agencies.sign_in.urls")),
    path("", include("bookings.urls")),
    path("", include("interpreters.urls")),
    path("", include("motesplats.catalogues.urls")),
    path("", include("motesplats.extracts.urls")),
    path("", include("motesplats.followup.urls")),
    path("", include("motesplats.keeping.urls")),
    path("", include("checklists.urls")),
]

handler400 = "motesplats.edge.errors.bad_request"
handler403 = "motesplats.edge.errors.not_allowed"
handler404 = "motesplats.edge.errors.not_found"
handler500 = "motesplats.edge.errors.server_error"
