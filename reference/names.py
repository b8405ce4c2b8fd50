"""One form for the many spellings of a name: case, script encodings, spaces and hyphens folded away."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ASCII_WORD: Final = re.compile(r"[a-z]+|[0-9]+")
_WORD: Final = re.compile(r"\d+|[\u0900-\u0963\u0966-\u096f\u0971-\u097f]+|[^\W\d_\u0900-\u097f]+")
"""Digits; a run of Devanagari, whose vowel signs are no `\\w`, up to a danda or abbreviation sign; other letters."""

_DEVANAGARI_ZERO: Final = 0x0966
_FOLDED: Final[dict[int, int | None]] = {
    **dict.fromkeys(range(0x0300, 0x0370)),  # Latin diacritics
    0x093C: None,  # nukta
    0x0901: 0x0902,  # candrabindu -> anusvara
    0x200C: None,  # zero-width non-joiner
    0x200D: None,  # zero-width joiner
    0x00AD: None,  # soft hyphen
    **{_DEVANAGARI_ZERO + digit: ord("0") + digit for digit in range(10)},
}


def words(text: str) -> list[str]:
    """The words of `text`, each in one form; letters and digits part words (`Barra2`, `Barra-2` and `BARRA 2` agree).

    Unicode NFC and NFD, case, nukta (फ़ and फ), candrabindu and anusvara, Latin diacritics, joiners and Devanagari
    digits make no difference. Everything that is neither letter nor digit parts words.
    """
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = decomposed.translate(_FOLDED)
    return _WORD.findall(unicodedata.normalize("NFC", folded))


def key(text: str) -> str:
    """The words of `text` run together: two names with the same key are the same name."""
    return "".join(words(text))
