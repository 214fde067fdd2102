from django.apps import AppConfig
from django.conf.locale import LANG_INFO
from django.core import checks as system_checks

from agencies.languages import LANGUAGES


class MotesplatsConfig(AppConfig):
    name = "motesplats"

    def ready(self) -> None:
        """Set up what Django's own settings cannot: log records, languages, the default Celery application.

        And say how extracts are made, how day reports become figures, and what waits in the menu.
        """
        from agencies.dispatches.handlers import LETTERS, MESSAGES, QUICK, register
        from motesplats import celery, checks, logs
        from motesplats.extracts import ask, making
        from motesplats.followup.reminders import send, tasks_told
        from motesplats.followup.reports import figures_job

        system_checks.register(checks.check_keys, system_checks.Tags.security)
        system_checks.register(checks.check_gateways, system_checks.Tags.security)
        logs.configure()
        name_languages()
        celery.app.set_default()  # so that the web's threads send to it too
        register(ask.KIND, making.make_dispatched, queue=LETTERS)
        for kind in (figures_job.KIND, figures_job.CORRECTED):
            register(kind, figures_job.refresh_dispatched, queue=QUICK)
        register(send.KIND, send.send_reminders, queue=MESSAGES)
        tasks_told.register()


def name_languages() -> None:
    """Tell Django of the languages that it does not know."""
    for language in LANGUAGES.values():
        LANG_INFO.setdefault(
            language.code,
            {
                "bidi": language.rtl,
                "code": language.code,
                "name": language.en,
                "name_local": language.endonym,
            },
        )
