"""The WSGI entry that gunicorn serves."""

import os

from django.core.checks import run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motesplats.settings")

application = get_wsgi_application()
if unsafe := run_checks(tags=["security"]):
    raise SystemExit("\n".join(map(str, unsafe)))
