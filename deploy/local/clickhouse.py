"""One ClickHouse server out of libchdb.so: configuration and start command.

It listens on the loopback address only, and must: a failed login or garbage on its native port ends the whole process.
The supervisor starts it again; acknowledged rows survive.
"""

import sys
import uuid
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from deploy.local.errors import LocalError
from deploy.local.files import write_atomically
from deploy.local.ports import ADDRESS, ChosenPorts
from deploy.local.program import Program

DATABASE = "complaints"
TIMEZONE = "Asia/Kolkata"
"""Given by the environment variable TZ: this build does not look at `timezone` in its configuration."""
START_SECONDS = 1
"""Short, so that it is back at once even when it is made to crash again and again."""
STOP_SECONDS = 30

_PROCESS = Path(__file__).with_name("clickhouse_process.py")

_CONFIG = """\
<clickhouse>
    <log-level>warning</log-level>
    <listen_host>{address}</listen_host>
    <tcp_port>{native}</tcp_port>
    <http_port>{http}</http_port>
    <users_config>{users}</users_config>
    <user_files_path>{folder}/user_files/</user_files_path>
    <format_schema_path>{folder}/format_schemas/</format_schema_path>
    <max_server_memory_usage>{memory}</max_server_memory_usage>
    <mark_cache_size>134217728</mark_cache_size>
    <background_pool_size>4</background_pool_size>
    <background_schedule_pool_size>16</background_schedule_pool_size>
    <shutdown_wait_unfinished>1</shutdown_wait_unfinished>
    <query_log>
        <database>system</database>
        <table>query_log</table>
        <flush_interval_milliseconds>7500</flush_interval_milliseconds>
        <partition_by>event_date</partition_by>
        <ttl>event_date + INTERVAL 3 DAY DELETE</ttl>
    </query_log>
    <trace_log remove="1"/>
    <text_log remove="1"/>
    <metric_log remove="1"/>
    <asynchronous_metric_log remove="1"/>
    <processors_profile_log remove="1"/>
    <http_handlers>
        <rule>
            <url>/metrics</url>
            <methods>GET</methods>
            <handler>
                <type>prometheus</type>
                <metrics>true</metrics>
                <asynchronous_metrics>true</asynchronous_metrics>
                <events>true</events>
                <errors>true</errors>
            </handler>
        </rule>
        <defaults/>
    </http_handlers>
</clickhouse>
"""


def prepare(
    folder: Path, library: Path, users_config: Path, env: Mapping[str, str], ports: ChosenPorts, memory_bytes: int
) -> Program:
    """Write the server's configuration, make its empty database on first use, and return the program that runs it.

    `env` holds what `users_config` takes `from_env`; `memory_bytes` is the most that all queries together may use.
    Raises LocalError when `users_config` can't be read, or takes from the environment what `env` lacks.
    """
    users = _read_users(users_config, env)
    data = folder / "data"
    for part in (data / "metadata", folder / "user_files", folder / "format_schemas"):
        part.mkdir(parents=True, exist_ok=True)
    config = _CONFIG.format(
        address=ADDRESS,
        native=ports.clickhouse_native,
        http=ports.clickhouse_http,
        users=escape(str(users_config.resolve())),
        folder=escape(str(folder)),
        memory=memory_bytes,
    )
    write_atomically(folder / "config.xml", config)
    database = data / "metadata" / f"{DATABASE}.sql"
    if not database.exists():  # the form in which the server itself notes down an Atomic database
        write_atomically(database, f"ATTACH DATABASE _ UUID '{uuid.uuid4()}'\nENGINE = Atomic\n")
    argv = (sys.executable, "-I", "-S", str(_PROCESS), str(library), str(folder / "config.xml"), str(data))
    env = {**env, "TZ": TIMEZONE}
    return Program("clickhouse", argv, env, str(folder), START_SECONDS, STOP_SECONDS, config + users)


def _read_users(users_config: Path, env: Mapping[str, str]) -> str:
    """Return the text of the users file and of what is merged into it from `users.d` beside it."""
    texts = []
    wanted: set[str] = set()
    for path in (users_config, *sorted(users_config.with_name("users.d").glob("*.xml"))):
        try:
            texts.append(path.read_text(encoding="utf-8"))
            root = ElementTree.fromstring(texts[-1])  # noqa: S314 - the deployment's own file
        except (OSError, UnicodeDecodeError, ElementTree.ParseError) as error:
            raise LocalError(f"the ClickHouse users file {path} can't be read ({type(error).__name__}).") from error
        wanted |= {element.attrib["from_env"] for element in root.iterfind(".//*[@from_env]")}
    if missing := sorted(wanted - env.keys()):  # the server would start all the same
        raise LocalError(f"the ClickHouse users file {users_config} needs {', '.join(missing)}: set them.")
    return "".join(texts)
