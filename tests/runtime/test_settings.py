"""A wrong configuration names every problem at once, and no value."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.secret import load_or_make_secret
from runtime.settings import INSTANCE_ENV_FILE, PREFIX, ConfigurationError, Settings, load_settings, unknown_variables


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("COMPLAINTS_DATA_DIR", str(tmp_path))
    return monkeypatch


def test_every_problem_is_told_at_once_without_values(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("COMPLAINTS_LOG_LEVEL", "shouting")
    environment.setenv("COMPLAINTS_METRICS_PORT", "77777")
    environment.setenv("COMPLAINTS_CUSTOMER_KEY_SECRET", "tooshort")
    environment.setenv("COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS", "nowhere")
    environment.setenv("COMPLAINTS_REFERENCE_DIR", "/does/not/exist")
    with pytest.raises(ConfigurationError) as raised:
        load_settings()
    told = str(raised.value)
    for name in ("LOG_LEVEL", "METRICS_PORT", "CUSTOMER_KEY_SECRET", "KAFKA_BOOTSTRAP_SERVERS", "REFERENCE_DIR"):
        assert f"COMPLAINTS_{name}: " in told
    for value in ("shouting", "77777", "tooshort", "nowhere", "/does/not/exist"):
        assert value not in told


def test_the_environment_wins_over_the_running_instance(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / INSTANCE_ENV_FILE).write_text(
        "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1\nCOMPLAINTS_CLICKHOUSE_PORT=2\n"
    )
    environment.setenv("COMPLAINTS_CLICKHOUSE_PORT", "3")
    settings = load_settings()
    assert (settings.kafka_bootstrap_servers, settings.clickhouse_port) == ("127.0.0.1:1", 3)


def test_what_is_set_and_is_no_setting_is_named_with_what_may_be_meant(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("COMPLAINTS_KAFKA_BOOTSTRP", "from-the-environment")
    environment.setenv("COMPLAINTS_XYZZY", "nothing-like-it")
    environment.setenv("SINK_BATCH_ROW", "not-ours")
    (tmp_path / INSTANCE_ENV_FILE).write_text("COMPLAINTS_SINK_BATCH_ROW=from-the-file\nCOMPLAINTS_LOG_LEVEL=ERROR\n")
    assert unknown_variables() == [
        "COMPLAINTS_KAFKA_BOOTSTRP is no setting and has no effect: is COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS meant?",
        "COMPLAINTS_SINK_BATCH_ROW is no setting and has no effect: is COMPLAINTS_SINK_BATCH_ROWS meant?",
        "COMPLAINTS_XYZZY is no setting and has no effect: docs/operations.md lists all settings",
    ]


def test_every_setting_is_known_in_whatever_letters(environment: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields.keys() - {"data_dir"}:
        environment.setenv(PREFIX + name.upper(), "x")
    environment.setenv("complaints_log_format", "json")
    assert unknown_variables() == []


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "customer_key"
    secret = load_or_make_secret(path)
    assert load_or_make_secret(path) == secret
    assert len(secret) == 64
    assert path.stat().st_mode & 0o077 == 0
