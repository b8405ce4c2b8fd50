"""Phone numbers in the ways people write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.phones import e164

NATIONAL = st.from_regex(r"[2-9][0-9]{9}", fullmatch=True)


@settings(deadline=None)
@given(NATIONAL, st.sampled_from(["", "0", "+91", "91", "0091", "+91 0", "+91-", "(0) "]), st.integers(1, 9))
def test_every_way_of_writing_gives_the_same_number(national: str, before: str, gap: int) -> None:
    assert e164(f"{before}{national[:gap]} {national[gap:]}") == f"+91{national}"


@settings(deadline=None)
@given(NATIONAL)
def test_devanagari_digits_are_digits(national: str) -> None:
    assert e164(national.translate({ord("0") + digit: 0x0966 + digit for digit in range(10)})) == f"+91{national}"


@settings(deadline=None)
@given(st.text(max_size=30) | st.from_regex(r"[+0-9 ().-]{0,24}", fullmatch=True))
def test_whatever_comes_the_result_is_e164_and_stays_so(text: str) -> None:
    number = e164(text)
    if number is not None:
        assert re.fullmatch(r"\+[1-9][0-9]{7,14}", number, re.ASCII)
        assert e164(number) == number


@pytest.mark.parametrize(
    "text",
    ["", "12345", "null", "1234567890", "0000000000", "98123456789012345", "+0123456789", "98123a4567", "+91 98123"],
)
def test_no_phone_numbers(text: str) -> None:
    assert e164(text) is None


def test_a_foreign_number_is_kept() -> None:
    assert e164("00977 9812345678") == "+9779812345678"
