"""Languages, formats and the time zone."""

from agencies.languages import LANGUAGES as NEWCOMER_LANGUAGES
from motesplats.settings.base import BASE_DIR

LANGUAGE_CODE = "sv"
LANGUAGES = [(language.code, language.endonym) for language in NEWCOMER_LANGUAGES.values()]
STAFF_LANGUAGES = ("sv", "en")
LANGUAGES_BIDI = [language.code for language in NEWCOMER_LANGUAGES.values() if language.rtl]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "motesplats.formats"
MODELTRANSLATION_DEFAULT_LANGUAGE = "sv"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("sv",)
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
