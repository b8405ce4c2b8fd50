"""An account number that stands in the text: "mera account number 7012345678 hai"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reference.consumers import KnownConsumer
from reference.lookup import Reference
from reference.names import words
from reference.phones import e164
from stream_processors.enrichment.pseudonym import MASK, account_number

_NEW_DIGITS: Final = 10
_LOOKED_AT: Final = 4
"""A text with more numbers that may be accounts is no complaint; the first ones are looked up."""
_WORDS_BEFORE: Final = 5
_WORDS_AFTER: Final = 3
_CHARACTERS_AROUND: Final = 60
"""The label of a number stands within so many words, and characters, of it."""

_RUN: Final = re.compile(r"(?<![+＋\d])\d(?:[ \-‐-―]{0,2}\d){7,}")
"""Digits of any script, single ones parted by a space or a hyphen too; none after a `+`."""
_GROUP: Final = re.compile(r"\d+")

_ACCOUNT_WORDS: Final = frozenset(
    [
        *("account", "acount", "accont", "acct", "acc", "akaunt", "akount", "khata", "khaata", "nsc", "kno"),
        *("connection", "conection", "kanekshan", "consumer", "upbhokta"),
        *("खाता", "खाते", "अकाउंट", "एकाउंट", "अकाउन्ट", "कनेक्शन", "उपभोक्ता"),
    ]
)
_OTHER_WORDS: Final = frozenset(
    [
        *("phone", "fon", "mobile", "mobail", "mob", "cell", "contact", "sampark", "call", "whatsapp", "ph", "sms"),
        *("complaint", "complain", "kamplent", "shikayat", "sikayat", "ticket", "token", "docket", "ref", "reference"),
        *("aadhar", "aadhaar", "transaction", "utr", "order", "pole", "meter", "application"),
        *("फोन", "मोबाइल", "संपर्क", "कॉल", "शिकायत", "कंप्लेंट", "टोकन", "टिकट", "आधार", "मीटर", "पोल"),
    ]
)


class SpokenAccount(NamedTuple):
    """A customer by a number in the text that the pack knows as an account, and where in the text it stands."""

    consumer: KnownConsumer
    start: int
    end: int


def spoken_account(text: str, reference: Reference) -> SpokenAccount | None:
    """The first number in a text that is an account of the pack, or None.

    Ten digits count unless the words around call them something else, a phone or a complaint, or the pack knows them as
    a phone too. Eight digits count only when the words call them an account, since a complaint's number may have as
    many. The nearest such word decides, before the number rather than after it.
    """
    seen = 0
    for run in _RUN.finditer(text):
        for start, end in _spans(run):
            number = account_number(text[start:end])
            if number is None:
                continue
            called = _called(text, start, end)
            if called is False or (called is None and len(number) != _NEW_DIGITS):
                continue
            if called is None and (phone := e164(number)) and reference.consumer_by_phone(phone):
                continue
            if consumer := reference.consumer_by_account(number):
                return SpokenAccount(consumer, start, end)
            seen += 1
            if seen == _LOOKED_AT:
                return None
    return None


def masked(text: str, spoken: SpokenAccount | None) -> str:
    """The text without the number."""
    return f"{text[: spoken.start]}{MASK}{text[spoken.end :]}" if spoken else text


def _spans(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The whole run, each of its groups of digits, and the run without its first or its last group."""
    groups = [(run.start() + group.start(), run.start() + group.end()) for group in _GROUP.finditer(run[0])]
    yield run.span()
    if len(groups) > 1:
        yield from (group for group in groups if group[1] - group[0] > 1)
        yield groups[1][0], run.end()
        yield run.start(), groups[-2][1]


def _called(text: str, start: int, end: int) -> bool | None:
    """Whether the words around a number call it an account; None when they call it nothing."""
    before = words(text[max(0, start - _CHARACTERS_AROUND) : start])[-_WORDS_BEFORE:]
    after = words(text[end : end + _CHARACTERS_AROUND])[:_WORDS_AFTER]
    for word in (*reversed(before), *after):
        if word in _ACCOUNT_WORDS:
            return True
        if word in _OTHER_WORDS:
            return False
    return None
