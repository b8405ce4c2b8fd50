"""Indian phone numbers as E.164."""

from __future__ import annotations

import re
from typing import Final

COUNTRY_CODE: Final = "91"
_PLAIN: Final = re.compile(r"\+91[6-9][0-9]{9}", re.ASCII)
_SEPARATORS: Final = re.compile(r"[\s().\-/\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_NATIONAL: Final = re.compile(r"[2-9][0-9]{9}", re.ASCII)
"""National significant number: ten digits for mobiles (first digit 6-9) and for area code with landline alike
(National Numbering Plan 2003, Department of Telecommunications)."""
_FOREIGN: Final = re.compile(r"[1-9][0-9]{7,14}", re.ASCII)
"""ITU-T E.164: at most 15 digits, none of the country codes begins with 0."""
_DEVANAGARI_DIGITS: Final = {0x0966 + digit: ord("0") + digit for digit in range(10)}


def e164(text: str) -> str | None:
    """`text` as E.164 (`+919812345678`), or None when it is no phone number.

    Spaces, dots, hyphens and brackets are left out; `+91`, `0091`, `91` and the trunk `0` before ten digits are
    understood; a number with `+` or `00` and another country's code is kept as it is.
    """
    if _PLAIN.fullmatch(text):
        return text
    digits = _SEPARATORS.sub("", text.translate(_DEVANAGARI_DIGITS))
    if digits.startswith(("+", "00")):
        digits = digits[1:] if digits[0] == "+" else digits[2:]
        if not digits.startswith(COUNTRY_CODE):
            return f"+{digits}" if _FOREIGN.fullmatch(digits) else None
        national = digits[len(COUNTRY_CODE) :].removeprefix("0")
    elif len(digits) > 10 and digits.startswith("0"):
        national = digits[1:].removeprefix(COUNTRY_CODE) if len(digits) > 11 else digits[1:]
    elif len(digits) > 10:
        national = digits.removeprefix(COUNTRY_CODE)
    else:
        national = digits
    return f"+{COUNTRY_CODE}{national}" if _NATIONAL.fullmatch(national) else None
