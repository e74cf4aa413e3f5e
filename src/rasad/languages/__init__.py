"""How people write: digits, calendars, plural forms and words of likelihood in four languages."""

from rasad.languages.language import LANGUAGES, Language, language

__all__ = ["LANGUAGES", "Language", "language"]
