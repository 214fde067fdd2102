"""The gateways by which messages leave; without one they wait, and the pages say so."""

from environ import Env

from motesplats.settings.base import env

SMS_URL = env("SMS_URL", default="")
SMS_USER = env("SMS_USER", default="")
SMS_PASSWORD = env("SMS_PASSWORD", default="")
SMS_FROM = env("SMS_FROM", default="Motesplats")
# Whether the gateway sends nothing twice that comes with the same Idempotency-Key. Where it does, an attempt whose
# outcome is unknown is repeated; where it does not, it becomes a task for a person.
SMS_HONOURS_KEY = env.bool("SMS_HONOURS_KEY", default=False)
# The secret part of the address to which the gateway posts what people answer; without it nothing is received.
REPLY_SECRET = env("REPLY_SECRET", default="")

EMAIL_URL = env("EMAIL_URL", default="")
_mail = Env.email_url_config(EMAIL_URL or "consolemail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = "EMAIL_USE_TLS" in _mail
EMAIL_USE_SSL = "EMAIL_USE_SSL" in _mail
EMAIL_TIMEOUT = 20  # seconds
# A mailbox to which what becomes of each e-mail comes back, to an address of its own, and what people answer to it;
# without one nobody reads either. And the secret part of the address to which such mail is posted, where it is.
RETURN_ADDRESS = env("RETURN_ADDRESS", default="")
MAIL_SECRET = env("MAIL_SECRET", default="")
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="Motesplats <no-reply@localhost>")
