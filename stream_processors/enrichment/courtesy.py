"""What stands at both ends of a text and says nothing of its own: greetings, politeness, thanks beforehand."""

from __future__ import annotations

from typing import Final

from stream_processors.enrichment.vocabulary import MARKS, PATTERNS, ideas_in

_GREETING: Final = PATTERNS.characters["GREET"]
_THANKS: Final = PATTERNS.characters["THANKS"]
_SETTLED: Final = set(
    PATTERNS.ideas_of("GO|DONE|CAME|REPAIRED|PUT_RIGHT|RESTORE|FINISH|EXTINGUISH|CANCEL|CHANGE|BEEN|ABHI")
)
"""Who thanks after one of these may thank for what was done."""
_UNSETTLED: Final = set(PATTERNS.ideas_of("NOT|NO|NOBODY|BUT|AGAIN|STILL"))
_NOT_SAYING: Final = set(PATTERNS.ideas_of("GREET|COMMA|STOP"))


def _written(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WELL: Final = _written("theek thik thk teek sahi ठीक सही")
_PLEASE_DO: Final = _written(
    "karo kare karen karein kijiye kijiyega karwao karwaiye karwa karaiye करो करें कीजिए कीजिये करवाओ कराइए करवाइए"
)
_REQUEST_WORDS: Final = 2
"""`theek karo` (please repair) at the end of more than it says nothing of its own."""
_REQUESTS: Final = _PLEASE_DO | _written(
    "please pls plz kindly kripya request asap earliest soon urgent urgently jaldi jald kariye kijie karwaye karwayen "
    "karwaen karaye karayen karaen dijiye dijie dijiyega dein bhejo bheje bhejen bhejiye batao bataye batayen bataiye "
    "chahiye chahie कृपया अनुरोध जल्दी जल्द करे करवाएं कराएं करवाये करवाए दीजिए दीजिये दें भेजो भेजें भेजिए बताएं बताइए चाहिए"
)
"""Who thanks after one of these thanks beforehand."""
_BESIDE_THANKS: Final = _written(
    "bahut bohot aapka aap ka ko in advance very much so many lot and regards बहुत आपका आप का"
)
_THANKED: Final = _written("ko liye lie ke for to को लिए के")
"""Before thanks: whom and what for."""
_LEAST_SAID: Final = 2


def without_courtesy(words: list[str]) -> list[str]:
    """The words without greetings, politeness and marks at both ends, and thanks beforehand, unless nothing else is
    said."""
    start, end = 0, len(words)
    while start < end and _is_courtesy(words[start]):
        start += 1
    while end > start and _is_courtesy(words[end - 1]):
        end -= 1
    if end - start > _REQUEST_WORDS + 1 and words[end - 1] in _PLEASE_DO and words[end - 2] in _WELL:
        return without_courtesy(words[start : end - 2])
    if (before := _before_thanks(words[start:end])) is not None:
        return without_courtesy(before)
    return words[start:end] or words


def _is_courtesy(word: str) -> bool:
    return word in MARKS or ideas_in([word]) in ("", _GREETING)


def _before_thanks(words: list[str]) -> list[str] | None:
    """The words before thanks at the end, when they ask for something or leave it open; None when they do not."""
    end, thanked = len(words), False
    while end and ((is_thanks := ideas_in(words[end - 1 : end]) == _THANKS) or _is_beside_thanks(words[end - 1])):
        thanked |= is_thanks
        end -= 1
    said = words[:end]
    if not thanked or not said or said[-1] in _THANKED:
        return None
    ideas = ideas_in(said)
    if sum(idea not in _NOT_SAYING for idea in ideas) < _LEAST_SAID:
        return None
    asked = not _REQUESTS.isdisjoint(said) or not _UNSETTLED.isdisjoint(ideas)
    return said if asked or _SETTLED.isdisjoint(ideas) else None


def _is_beside_thanks(word: str) -> bool:
    return word in MARKS or word in _BESIDE_THANKS
