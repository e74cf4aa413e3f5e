"""Numbers as each language writes them: digits, separators, signs, plural forms."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from rasad.languages.language import Language

MINUS = "\u2212"
LEAST_PERCENT = Decimal("0.1")
_ANY_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def fold_digits(text: str) -> str:
    """Eastern digits as Latin ones; all else stays."""
    return text if text.isascii() else text.translate(_ANY_DIGITS)


def write_digits(text: str, lang: Language) -> str:
    """Latin digits of ``text`` in the digits of the language."""
    return text.translate(str.maketrans("0123456789", lang.digits))


def write_number(
    value: float, lang: Language, *, places: int = 0, signed: bool = False, group: bool = True
) -> str:
    """A number in the language's digits and separators.

    Rounds half to even, never prints a minus before zero, and puts the mark before a sign
    that keeps it on its number's side in a right-to-left line (CLDR: LRM, in Arabic ALM).

    Example:
        >>> from rasad.languages import language
        >>> write_number(176000, language("prs"))
        '۱۷۶٬۰۰۰'
        >>> write_number(-0.5, language("en"), places=2, signed=True)
        '−0.50'
    """
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    digits = f"{abs(rounded):,}" if group else str(abs(rounded))
    body = digits.replace(",", "\0").replace(".", lang.decimal).replace("\0", lang.group)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return write_digits(f"{lang.sign_mark if sign else ''}{sign}{body}", lang)


def write_percent(share: float, lang: Language) -> str:
    """A share from 0 to 1 in per cent: whole, but never 0 or 100 for what is not.

    The mark before it makes Eastern digits count as right to left, so that the sign stands behind them.
    """
    percent = Decimal(repr(share)) * 100
    whole = percent == percent.to_integral_value() or 1 <= percent <= 99
    shown = percent if whole else min(max(percent, LEAST_PERCENT), 100 - LEAST_PERCENT)
    number = write_number(float(shown), lang, places=0 if whole else 1)
    return f"{lang.percent_mark}{number}{lang.percent}"


def plural_category(count: int, lang: Language) -> str:
    """The CLDR plural category of a whole number in the language."""
    if lang.code == "ar":
        rest = count % 100
        if count <= 2:
            return ("zero", "one", "two")[count]
        return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"
    return "one" if count == 1 else "other"


def write_count(count: int, unit: str, lang: Language) -> str:
    """A count with its noun in the right plural form.

    Raises:
        KeyError: If the language has no such unit.
    """
    forms = lang.units[unit]
    form = forms.get(plural_category(count, lang), forms["other"])
    return form.replace("{n}", write_number(count, lang))
