"""Text before any meaning is looked for: one form for matching, a clean form for keeping, and the language."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from schemas.vocabulary import Language

_NUKTA: Final = "\u093c"
_DEVANAGARI_DIGITS: Final = {0x0966 + digit: str(digit) for digit in range(10)}
_FOLDED: Final = {
    **_DEVANAGARI_DIGITS,
    ord(_NUKTA): None,
    **dict.fromkeys(range(0x0300, 0x0370), None),
    **dict.fromkeys(map(ord, "'’‘`´\u00ad\u200b\u200c\u200d\ufeff"), None),
    ord("।"): ".",
}
_CONTROL: Final = {code: " " for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cs")}
_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_UNCLEAN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_LONG_RUN: Final = re.compile(r"([^\W\d]|[\u0900-\u0903\u093a-\u094f])\1{2,}")
_SPACES: Final = re.compile(r"\s+")
_SCRIPTS: Final = re.compile("([a-z]{2,})|([\u0904-\u0939\u0958-\u0961][\u0900-\u0963]*)")
_MAX_NORMAL_CHARACTERS: Final = 8000
"""Compatibility decomposition can make one character into eighteen; what is longer than this is cut."""

_COMMON_HINDI: Final = (
    "hai h hain hein nahi nhi nahin nai ni aa rahi raha rahe rha rhi rhe gaya gayi gaye gya gyi gai ho hua hui "
    "kar karo karna ka ki ke kee ko se me mein par pe aur bhi kya kab kaise kyu kyun kyon mera meri mere hamare "
    "hamari humare yahan yaha ghar mohalle poore pura puri pure subah raat din ghante se tak bhaiya sahab bijli "
    "batti tar taar khamba khambe ped jaldi koi kuch bahut baar karwa karao kijiye dijiye do diya wala wali chali "
    "chala tha thi abhi kal aaj fir phir band gul jal phuk fuk toot gir lag ud aaya aayi aayegi naya nayi paise "
    "maang chori ba bhail gail toh bina "
)
_HINDI_WORDS: Final = frozenset(_COMMON_HINDI.split())


def clean(text: str) -> str:
    """The text as it is kept: control, direction and invisible characters become a space, white space is single."""
    if not _UNCLEAN.search(text):
        return _SPACES.sub(" ", text).strip()
    return _SPACES.sub(" ", _INVISIBLE.sub(" ", text.translate(_CONTROL))).strip()


def normalise(text: str) -> str:
    """The text as it is matched: compatibility form without nukta, accents and apostrophes, casefolded, ASCII digits.

    Runs of three or more of one letter become one, and white space is single. The result is the same for every Unicode
    normal form of the text.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)[:_MAX_NORMAL_CHARACTERS].casefold()
        text = unicodedata.normalize("NFKD", text).translate(_FOLDED)
    else:
        text = text.casefold().replace("'", "").replace("`", "")
    return _SPACES.sub(" ", _LONG_RUN.sub(r"\1", text)).strip()


def language_of(normal: str) -> Language:
    """The language of a normalised text, by its letters and, for Latin ones, by common Hindi words.

    Both scripts, each with at least a tenth of the words, is `mixed`; no word at all is `unknown`.
    """
    latin: list[str] = []
    devanagari = 0
    for word, other in _SCRIPTS.findall(normal):
        if word:
            latin.append(word)
        elif other:
            devanagari += 1
    total = len(latin) + devanagari
    if not total:
        return Language.UNKNOWN
    if devanagari * 10 < total:
        hindi = sum(word in _HINDI_WORDS for word in latin)
        return Language.HINGLISH if hindi * 6 >= len(latin) else Language.ENGLISH
    return Language.HINDI if len(latin) * 10 < total else Language.MIXED
