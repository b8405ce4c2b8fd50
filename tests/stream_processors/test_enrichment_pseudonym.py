"""Nobody is named: keys of customers, and numbers in text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream_processors.enrichment.pseudonym import MASK, Pseudonymiser, account_number, mask_numbers


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call 98123 45678 ok", f"call {MASK} ok"),
        ("+91-98123-45678", MASK),
        ("mob9812345678 hai", f"mob{MASK} hai"),
        ("मेरा नंबर ०९८१२३ ४५६७८", f"मेरा नंबर {MASK}"),
        ("0512 2550123", MASK),
        ("(0512) 255-0123", MASK),
        ("0091 98123 45678", MASK),
        ("+1 415 555 2671", MASK),
        ("9812345678/9876543210", f"{MASK}/{MASK}"),
        ("98123 45678 98765 43210", f"{MASK} {MASK}"),
        ("9 8 1 2 3 4 5 6 7 8", MASK),
        ("a/c 12345678", f"a/c {MASK}"),
        ("account 0123456789", f"account {MASK}"),
        ("aadhar 2345 6789 0123 se jodo", f"aadhar {MASK} se jodo"),
        ("आधार २३४५-६७८९-०१२३", f"आधार {MASK}"),
        ("9345 6789 0123 98123 45678", f"{MASK} {MASK}"),
    ],
)
def test_masked(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "pin 208011",
        "208011 4471",
        "complaint no 4471123",
        "12-06-2026 10 baje se",
        "20.06.2026 11 30",
        "2026-06-20 11:30",
        "5:30 se 7:45 tak",
        "voltage 230 240 250",
        "128/18 Y Block 208011",
        "10 15 20 25 30 ghante",
        "1912",
        "bill 2024 2025 2026 ka",
        "pehle 2500 ab 2500 3000 4500 rupaye",
        "1234 5678 9012",
    ],
)
def test_not_masked(text: str) -> None:
    assert mask_numbers(text) == text


MOBILES = st.from_regex(r"[6-9][0-9]{9}", fullmatch=True)
PREFIXES = st.sampled_from(["", "0", "91", "+91", "+91 ", "+91-", "0091 "])
BREAKS = st.lists(st.integers(2, 9), max_size=4, unique=True).map(sorted)
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


@given(MOBILES, PREFIXES, BREAKS, st.sampled_from([" ", "-", ".", " - "]), st.booleans(), st.text("abकख ", max_size=9))
def test_a_mobile_is_masked_however_it_is_written(
    mobile: str, prefix: str, breaks: list[int], separator: str, devanagari: bool, around: str
) -> None:
    groups = [mobile[start:end] for start, end in zip([0, *breaks], [*breaks, 10], strict=True)]
    written = prefix + separator.join(groups)
    if devanagari:
        written = written.translate(DEVANAGARI)
    masked = mask_numbers(f"{around}x {written} x{around}")
    assert MASK in masked
    assert len(re.findall(r"\d", masked)) == 0


@given(st.text(max_size=300) | st.text(alphabet="0123456789+-. ()/०९x", max_size=120))
def test_no_long_number_is_left(text: str) -> None:
    assert not re.search(r"\d{8}", mask_numbers(text))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234567890", "1234567890"),
        ("00001234", "00001234"),
        (" 1234 567-890 ", "1234567890"),
        ("१२३४५६७८", "12345678"),
        ("123456789", None),
        ("12345A7890", None),
        ("²²²²²²²²", None),
        ("", None),
    ],
)
def test_account_numbers(written: str, number: str | None) -> None:
    assert account_number(written) == number


def test_keys_are_stable_separate_and_secret() -> None:
    keys, others = Pseudonymiser(b"a secret of a city"), Pseudonymiser(b"another")
    assert keys.of_account("1234567890") == keys.of_account("1234567890")
    assert re.fullmatch(r"[0-9a-f]{32}", keys.of_phone("+919812345678"))
    all_keys = [
        maker(value)
        for pseudonymiser in (keys, others)
        for maker in (pseudonymiser.of_account, pseudonymiser.of_phone)
        for value in ("1234567890", "1234567891")
    ]
    all_keys += [keys.of_event("1234", "567890"), keys.of_event("1234\n5", "67890")]
    assert len(set(all_keys)) == len(all_keys)
