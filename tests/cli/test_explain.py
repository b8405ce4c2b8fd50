"""`complaints enrich --explain`: what was seen and why, and nothing personal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.enrich import enrich
from reference.active import ActiveReference, activate
from reference.pack import read_pack
from tests.reference import RIVER_TOWN
from tests.reference.editing import edited


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("COMPLAINTS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COMPLAINTS_REFERENCE_DIR", str(RIVER_TOWN))
    return CliRunner()


def asked(runner: CliRunner, *arguments: str, stdin: str | None = None) -> Result:
    return runner.invoke(enrich, ["--explain", *arguments], input=stdin)


def test_place_urgency_and_what_was_passed_over(explain: CliRunner) -> None:
    result = asked(
        explain,
        "two banks me khambe me current hai, mera number 98765 00016",
        "--account-no=0000000003",
        "--phone=9876500016",
        "--reported-at=2026-06-20T10:30:00+05:30",
    )
    assert result.exit_code == 0, result.output
    said = result.stdout
    assert "two banks me khambe me current hai, mera number [number]" in said
    assert "pole_damage_shock" in said and '"khambe me current' in said
    assert "hazard:      YES" in said and "priority:    1 of 5: a present danger" in said
    assert "transformer Weavers Lane 1 [t100] of substation Old Mill" in said
    assert (
        "decided by the account" in said and "passed over: phone says" in said and "passed over: text Two Banks" in said
    )
    assert "tree trimming until 2026-06-20 13:00 IST [p1]" in said
    for personal in ("98765", "00016", "0000000003", "+91"):
        assert personal not in said


@pytest.mark.parametrize("text", ["hello", "Weavers Lane", "😀" * 4000, "बिजली नहीं है\n", "x" * 2000, "\u202e\u0007."])
def test_any_text_from_standard_input(explain: CliRunner, text: str) -> None:
    result = asked(explain, stdin=text)
    assert result.exit_code == 0, result.output
    assert "category:" in result.stdout and "decided by:" in result.stdout


def test_what_is_denied_is_said(explain: CliRunner) -> None:
    said = asked(explain, "koi chingari nahi hai, bas light nahi hai").stdout
    assert 'not meant, denied or over: "chingari nahi' in said and "hazard:      no" in said
    assert "the model alone: " in said


def test_nothing_known_is_said(explain: CliRunner) -> None:
    said = asked(explain, "hello", "--latitude=0", "--longitude=0").stdout
    assert "the complaint goes to `unrouted`" in said and "location.latitude:zero" in said


@pytest.mark.parametrize(("arguments", "status"), [(["   "], 1), (["x" * 4001], 1), (["x", "--latitude=north"], 2)])
def test_what_does_not_fit(explain: CliRunner, arguments: list[str], status: int) -> None:
    assert asked(explain, *arguments).exit_code == status


@pytest.mark.parametrize("arguments", [["--phone=1", "x"], ["there/is/no/file"]])
def test_options_and_files_are_told_apart(explain: CliRunner, arguments: list[str]) -> None:
    assert explain.invoke(enrich, arguments).exit_code == 2


def test_a_pack_of_the_settings_is_looked_at_and_not_put_into_use(
    explain: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use = activate(RIVER_TOWN, tmp_path / "reference").version
    other = edited(tmp_path / "pack", service_limits=("no_supply,urban,4", "no_supply,urban,5"))
    monkeypatch.setenv("COMPLAINTS_REFERENCE_DIR", str(other))
    said = asked(explain, "light nahi hai").stdout
    assert f"reference {read_pack(other).version}" in said
    assert ActiveReference(tmp_path / "reference").current().version == in_use
    monkeypatch.delenv("COMPLAINTS_REFERENCE_DIR")
    assert f"reference {in_use}" in asked(explain, "light nahi hai").stdout
