"""The six languages of the summons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language: our code, its names, and its codes in HTML and Babel."""

    code: str
    sv: str
    en: str
    endonym: str
    html_lang: str
    rtl: bool
    babel: str

    @property
    def dir(self) -> str:
        """The `dir` of an HTML element in this language."""
        return "rtl" if self.rtl else "ltr"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("sv", "svenska", "Swedish", "svenska", "sv", False, "sv"),
        Language("en", "engelska", "English", "English", "en-GB", False, "en_GB"),
        Language("ar", "arabiska", "Arabic", "العربية", "ar", True, "ar"),
        # Neither Django nor Babel knows "prs"; Iranian "fa" has other month names.
        Language("prs", "dari", "Dari", "دری", "fa-AF", True, "fa_AF"),
        Language("so", "somaliska", "Somali", "Soomaali", "so", False, "so"),
        Language("ti", "tigrinja", "Tigrinya", "ትግርኛ", "ti", False, "ti_ER"),
    )
}
