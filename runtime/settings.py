"""One typed settings object, resolved once from the environment; code below takes plain values."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict

PREFIX: Final = "COMPLAINTS_"
EXIT_CONFIGURATION: Final = 78
"""EX_CONFIG of sysexits.h."""

INSTANCE_ENV_FILE: Final = "instance.env"
"""Below the data folder: the addresses of the pipeline on this machine, as dotenv. The environment wins."""

PROJECT_DIR: Final = Path(__file__).resolve().parent.parent

Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
IntentStoreChoice = Literal["auto", "commit_metadata", "topic"]


class ConfigurationError(Exception):
    """The configuration is wrong. `problems` holds every problem: the variable's name and the rule, never its value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Everything that can be set from outside; the variable's name is the field's in capitals behind `COMPLAINTS_`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="ignore", frozen=True, env_ignore_empty=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(
        default_factory=lambda: _default_data_dir(PROJECT_DIR),
        description="Everything that this installation writes: data, logs, state, keys.",
    )
    cache_dir: Path = Field(
        default_factory=lambda: _user_dir("XDG_CACHE_HOME", ".cache"),
        description="Downloads, kept once per user and checked by hash.",
    )
    reference_dir: Path | None = Field(
        default=None, description="Folder of the reference pack's CSV files; unset: the pack in use, or Kanpur."
    )

    kafka_bootstrap_servers: str = Field(default="127.0.0.1:9092", description="Kafka, host:port[,host:port...].")
    kafka_group_prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]*$")] = Field(
        default="", description="Put before every consumer group's name."
    )
    kafka_instance_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")] = Field(
        default="1", description="Static membership: the name of this process among its like (group.instance.id)."
    )
    kafka_replication_factor: Annotated[int, Field(ge=1, le=9)] = Field(
        default=1, description="Replicas of each topic that is made; min.insync.replicas is one less, at least 1."
    )

    kafka_retention: Literal["time", "size"] = Field(
        default="time",
        description="Bound of the topics made: days by the records' own times, or bytes (for replays of old events).",
    )

    clickhouse_host: str = Field(default="127.0.0.1", description="ClickHouse's host.")
    clickhouse_port: Port = Field(default=9000, description="ClickHouse's native protocol port.")
    clickhouse_user: str = Field(default="complaints_writer", description="ClickHouse user of this process.")
    clickhouse_password: SecretStr = Field(default=SecretStr(""), description="Its password.")
    clickhouse_admin_user: str = Field(default="complaints_admin", description="User of `complaints migrate`.")
    clickhouse_admin_password: SecretStr = Field(default=SecretStr(""), description="Its password.")
    clickhouse_analyst_user: str = Field(default="complaints_analyst", description="User of reports and queries.")
    clickhouse_analyst_password: SecretStr = Field(default=SecretStr(""), description="Its password.")
    clickhouse_detector_user: str = Field(default="complaints_detector", description="User of `complaints detect`.")
    clickhouse_detector_password: SecretStr = Field(default=SecretStr(""), description="Its password.")

    customer_key_secret: SecretStr | None = Field(
        default=None,
        description="Secret behind customer_key, at least 16 characters; unset: made once, below the data folder.",
    )

    metrics_host: str = Field(default="127.0.0.1", description="Address that /metrics, /livez and /readyz listen on.")
    metrics_port: Port = Field(default=0, description="Its port; 0: any free one, which is logged.")

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="Least level logged.")
    log_format: Literal["json", "text"] = Field(default="text", description="One JSON object a line, or plain text.")
    shutdown_seconds: Seconds = Field(default=20.0, description="Time to drain after SIGTERM before a hard exit.")

    stuck_seconds: Annotated[float, Field(ge=60, le=86_400)] = Field(
        default=120.0, description="`/livez` of the processor fails when records wait so long and none gets done."
    )

    sink_batch_rows: Annotated[int, Field(ge=1, le=500_000)] = Field(default=20_000, description="Most rows an INSERT.")
    sink_batch_bytes: Annotated[int, Field(ge=1_000, le=256_000_000)] = Field(
        default=32_000_000, description="Most bytes of records an INSERT."
    )
    sink_buffer_bytes: Annotated[int, Field(ge=1_000_000)] = Field(
        default=600_000_000,
        description="Most bytes of records that the sink holds, in equal shares for its partitions.",
    )
    sink_batch_seconds: Seconds = Field(default=0.5, description="Longest wait before a smaller batch is stored.")

    spool_dir: Path | None = Field(
        default=None, description="The spool of `complaints publish`; unset: `spool` in the data folder."
    )
    spool_max_bytes: Annotated[int, Field(ge=64 << 20)] = Field(
        default=1 << 30, description="Most bytes that a spool takes on disk, at least 64 MiB."
    )

    sink_intent_store: IntentStoreChoice = Field(
        default="auto",
        description="Where the sink declares a batch: commit_metadata, topic, or auto, as the broker can.",
    )

    detector_session_seconds: Annotated[float, Field(ge=6, le=300)] = Field(
        default=10.0, description="A detector that is not heard of for so long gives way to the next one in line."
    )

    text_retention_days: Annotated[int, Field(ge=1)] = Field(
        default=90, description="Complaint texts are kept so long."
    )
    row_retention_months: Annotated[int, Field(ge=1)] = Field(default=18, description="Rows are kept so long.")

    @field_validator("customer_key_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value()) < 16:
            raise ValueError("must have at least 16 characters")
        return secret

    @field_validator("reference_dir")
    @classmethod
    def _is_a_folder(cls, folder: Path | None) -> Path | None:
        if folder is not None and not folder.is_dir():
            raise ValueError("must be a folder that exists")
        return folder

    @field_validator("kafka_bootstrap_servers")
    @classmethod
    def _are_addresses(cls, servers: str) -> str:
        for server in servers.split(","):
            host, _, port = server.strip().rpartition(":")
            if not host or not port.isdigit():
                raise ValueError("must be host:port, several with commas between")
        return servers


def load_settings() -> Settings:
    """The settings of this process: the environment, then `instance.env` below the data folder, then the defaults.

    Raises ConfigurationError naming every wrong variable at once.
    """
    try:
        return Settings(_env_file=_instance_env())
    except ValidationError as error:
        raise ConfigurationError(
            [
                f"{PREFIX}{'_'.join(map(str, found['loc'])).upper()}: {found['msg'].removeprefix('Value error, ')}"
                for found in error.errors(include_url=False, include_input=False)
            ]
        ) from None


def unknown_variables() -> list[str]:
    """A line for each variable, of the environment and of `instance.env`, that looks like a setting and is none."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    found = {name.upper() for name in {**_instance_variables(), **EnvSettingsSource(Settings).env_vars}}
    return [_unknown(name, known) for name in sorted(found - known) if name.startswith(PREFIX)]


def _instance_variables() -> dict[str, str | None]:
    try:
        return dict(DotEnvSettingsSource(Settings, env_file=_instance_env()).env_vars)
    except OSError:  # a command that needs no setting works without the file
        return {}


def _unknown(name: str, known: set[str]) -> str:
    ends = [each.removeprefix(PREFIX) for each in sorted(known)]
    near = get_close_matches(name.removeprefix(PREFIX), ends, n=1)
    meant = f"is {PREFIX}{near[0]} meant?" if near else "docs/operations.md lists all settings"
    return f"{name} is no setting and has no effect: {meant}"


def _instance_env() -> Path:
    return Path(os.environ.get(PREFIX + "DATA_DIR") or _default_data_dir(PROJECT_DIR)) / INSTANCE_ENV_FILE


def _default_data_dir(project: Path) -> Path:
    """`.data` in a checkout; of an installed package, which must not write among the libraries, the user's own."""
    return project / ".data" if (project / "pyproject.toml").is_file() else _user_dir("XDG_DATA_HOME", ".local/share")


def _user_dir(variable: str, otherwise: str) -> Path:
    """The project's folder below a base directory of the user (XDG Base Directory Specification)."""
    return Path(os.environ.get(variable) or Path.home() / otherwise) / "complaints"
