"""The WSGI entry that gunicorn serves."""

import os

from django.core.checks import run_checks
from django.core.wsgi import get_wsgi_application

from motesplats.edge.bodies import with_length

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motesplats.settings")

application = with_length(get_wsgi_application())
if unsafe := run_checks(tags=["security"]):
    raise SystemExit("\n".join(map(str, unsafe)))
