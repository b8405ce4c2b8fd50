"""Who complained, without saying who: keyed customer keys, phone numbers and account numbers in text masked."""

from __future__ import annotations

import hashlib
import re
from itertools import accumulate
from typing import Final

from reference.consumers import ACCOUNT_DIGITS

MASK: Final = "[number]"
"""What stands in a text where a phone or account number stood; ten digits may be either."""

NAME_MASK: Final = "[name]"
_MIN_NAME_CHARACTERS: Final = 4
"""A shorter name would be found within other words."""

KEY_BYTES: Final = 16
_PERSON: Final = b"kesco.customer"
"""BLAKE2b personalisation (RFC 7693, 16 bytes at most): the same secret used elsewhere gives other hashes."""

_MIN_NUMBER_DIGITS: Final = 8
"""A single group of so many digits is an account or phone number; complaint numbers and pincodes are shorter."""
_NATIONAL_DIGITS: Final = 10
_MAX_PHONE_DIGITS: Final = 15
_MAX_PREFIX_DIGITS: Final = 4
_PHONE: Final = re.compile(r"(?:(?:00)?91)?0?[2-9]\d{9}")
"""An Indian number with or without `0091`, `91` and the trunk `0`."""
_PINCODE_DIGITS: Final = 6
_PINCODE_FIRST_DIGITS: Final = "12345"
"""Six digits that begin so start no phone number: mobiles begin with 6 to 9, and landlines are not parted there."""
_IDENTITY_GROUPS: Final = [4, 4, 4]
_IDENTITY_FIRST_DIGITS: Final = "23456789"
"""An Aadhaar number (UIDAI) has twelve digits, written in fours, and begins with none of 0 and 1."""
_YEARS_OR_AMOUNTS: Final = re.compile(r"(?:(?:19|20)\d\d)+|(?:\d{3}0)+")
_PLUS: Final = "+＋"
_RUN: Final = re.compile(r"(?:[+＋]\s?)?\(?\d+(?:[\s().\-‐-―−]{1,3}\d+)*")
_GROUP: Final = re.compile(r"\d+")
_DATE: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[-.](?:0?[1-9]|1[0-2])[-.](?:20)?\d\d(?!\d)|20\d\d-\d\d-\d\d(?!\d)")
_ACCOUNT_SEPARATORS: Final = re.compile(r"[\s\-]+")


class Pseudonymiser:
    """Customer keys: a keyed BLAKE2b hash, 32 hex digits, equal for the same customer and useless without the secret.

    The three kinds of customer never share a key.
    """

    def __init__(self, secret: bytes) -> None:
        self._state = hashlib.blake2b(key=hashlib.sha512(secret).digest(), digest_size=KEY_BYTES, person=_PERSON)

    def of_account(self, account_no: str) -> str:
        """The key of the customer with this account number."""
        return self._key("account", account_no)

    def of_phone(self, phone: str) -> str:
        """The key of a customer of whom only the E.164 phone is known."""
        return self._key("phone", phone)

    def of_event(self, source: str, source_id: str) -> str:
        """The key of a customer of whom nothing is known: each such event has its own."""
        return self._key("event", f"{source}\n{source_id}")

    def _key(self, kind: str, value: str) -> str:
        state = self._state.copy()
        state.update(f"{kind}\0{value}".encode("utf-8", "surrogatepass"))
        return state.hexdigest()


def account_number(text: str) -> str | None:
    """`text` as an account number (8 or 10 ASCII digits; spaces and hyphens left out), or None."""
    digits = _ACCOUNT_SEPARATORS.sub("", text)
    if len(digits) in ACCOUNT_DIGITS and digits.isdecimal():
        return digits if digits.isascii() else _ascii_digits(digits)
    return None


def mask_numbers(text: str) -> str:
    """The text with every phone, account and Aadhaar number replaced by MASK.

    Masked are a group of 8 or more digits, groups that together make an Indian phone number (ten digits, with or
    without +91, 0091, 91 or 0 before them) or an Aadhaar number (three of four digits), and groups after a `+`. Digits
    of any script count. Times, dates, pincodes, house numbers and numbers of at most seven digits stay.
    """
    if len(text) < _MIN_NUMBER_DIGITS:
        return text
    return _RUN.sub(lambda match: _masked(match[0]), text)


def mask_name(text: str, name: str | None) -> str:
    """The text with the caller's name, where it stands as it was given, replaced by NAME_MASK."""
    name = " ".join((name or "").split())
    if len(name) < _MIN_NAME_CHARACTERS:
        return text
    return re.sub(re.escape(name), NAME_MASK, text, flags=re.IGNORECASE)


def _masked(run: str) -> str:
    """One run of digit groups with its numbers masked. Each group is looked at a bounded number of times."""
    groups = [found.span() for found in _GROUP.finditer(run)]
    digits = _ascii_digits("".join(run[start:end] for start, end in groups))
    if len(digits) < _MIN_NUMBER_DIGITS:
        return run
    offsets = list(accumulate((end - start for start, end in groups), initial=0))
    starts = {offset: index for index, offset in enumerate(offsets)}
    plus = run[0] in _PLUS
    parts: list[str] = []
    position = index = 0
    while index < len(groups):
        start, end = groups[index]
        after = _after_phone(digits, offsets[index], starts, first_group=end - start)
        if after and _DATE.match(run, start):
            after = 0
        if not after and _is_identity(digits, offsets[index], groups[index : index + len(_IDENTITY_GROUPS)]):
            after = index + len(_IDENTITY_GROUPS)
        if not after and end - start >= _MIN_NUMBER_DIGITS:
            after = index + 1
        if not after and plus and index == 0:
            after = _after_foreign(groups)
        if after:
            parts += (run[position : start if index else 0], MASK)
            position = groups[after - 1][1]
        index = after or index + 1
    return "".join(parts) + run[position:]


def _after_phone(digits: str, offset: int, starts: dict[int, int], first_group: int) -> int:
    """The index of the group after an Indian phone number that begins at digit `offset` and ends with a group, or 0.

    `starts` maps the offset of each group's first digit to the group's index; `first_group` is the length of the first.
    """
    if not _PHONE.match(digits, offset) or (first_group == _PINCODE_DIGITS and digits[offset] in _PINCODE_FIRST_DIGITS):
        return 0
    for length in range(_NATIONAL_DIGITS + _MAX_PREFIX_DIGITS, _NATIONAL_DIGITS - 1, -1):
        after = starts.get(offset + length)
        if after is not None and _PHONE.fullmatch(digits, offset, offset + length):
            return after
    return 0


def _is_identity(digits: str, offset: int, groups: list[tuple[int, int]]) -> bool:
    """Whether these groups, beginning at digit `offset`, are an Aadhaar number; years and round amounts are not."""
    if [end - start for start, end in groups] != _IDENTITY_GROUPS or digits[offset] not in _IDENTITY_FIRST_DIGITS:
        return False
    return not _YEARS_OR_AMOUNTS.fullmatch(digits, offset, offset + sum(_IDENTITY_GROUPS))


def _after_foreign(groups: list[tuple[int, int]]) -> int:
    """The index of the group after a number of at most 15 digits (ITU-T E.164) that begins with the first group."""
    total = 0
    for index, (start, end) in enumerate(groups):
        total += end - start
        if total > _MAX_PHONE_DIGITS:
            return max(index, 1)
    return len(groups)


def _ascii_digits(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)
