"""The six languages of summonses and of the newcomer's pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its name in Swedish, English and itself, its tag and direction in HTML, its locale in Babel."""

    code: str
    sv: str
    en: str
    endonym: str
    html_lang: str
    rtl: bool
    babel: str

    @property
    def dir(self) -> str:
        """The value of HTML's `dir` attribute."""
        return "rtl" if self.rtl else "ltr"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("sv", "svenska", "Swedish", "svenska", "sv", False, "sv"),
        Language("en", "engelska", "English", "English", "en-GB", False, "en_GB"),
        Language("ar", "arabiska", "Arabic", "العربية", "ar", True, "ar"),
        # Neither Django nor Babel knows "prs" (Dari); plain "fa" is Iranian and has other names of months.
        Language("prs", "dari", "Dari", "دری", "fa-AF", True, "fa_AF"),
        Language("so", "somaliska", "Somali", "Soomaali", "so", False, "so"),
        Language("ti", "tigrinja", "Tigrinya", "ትግርኛ", "ti", False, "ti_ER"),
    )
}

# What phones call them, where it is not our own code: macrolanguages, three-letter codes, the Arabic of each country.
OTHER_NAMES = {
    "fa": "prs",
    "pes": "prs",
    "haz": "prs",
    "swe": "sv",
    "eng": "en",
    "som": "so",
    "tir": "ti",
    **dict.fromkeys(("ara", "arb", "apc", "ajp", "acm", "ary", "arz", "aeb", "apd", "ayl"), "ar"),
}


def understood(tag: str) -> str | None:
    """The code of our language that a language tag (`fa-AF`, `ar-SY`, `tir`) asks for; None if we have it not."""
    primary = tag.strip().lower().replace("_", "-").partition("-")[0]
    code = OTHER_NAMES.get(primary, primary)
    return code if code in LANGUAGES else None


def letter_name(code: str, reader: str) -> str:
    """The name of a letter's language in Swedish, or else in English; an unknown code as it is."""
    found = LANGUAGES.get(code)
    return code if found is None else found.sv if reader == "sv" else found.en
