from django.apps import AppConfig
from django.conf.locale import LANG_INFO
from django.core.checks import Tags, register

from agencies.languages import LANGUAGES


class MotesplatsConfig(AppConfig):
    name = "motesplats"

    def ready(self) -> None:
        """Set up what Django's own settings cannot: log records, languages, the default Celery application."""
        from motesplats import celery, checks, logs

        register(checks.check_keys, Tags.security)
        logs.configure()
        name_languages()
        celery.app.set_default()  # so that the web's threads send to it too


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
