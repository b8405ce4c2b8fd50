"""One Kafka node in KRaft mode: configuration, formatting of its log folder, start command, readiness.

The node is broker and controller at once and knows its voters by a list, so further nodes are further lines of it.
Paths in Kafka's files are relative to the node's folder, in which it runs: Kafka reads properties as Latin-1 and lists
split at commas, so an absolute path would not always survive.
"""

import secrets
import subprocess
from pathlib import Path

from confluent_kafka import KafkaException, Producer

from deploy.local.errors import LocalError, Progress
from deploy.local.files import write_atomically
from deploy.local.jars import KAFKA_VERSION
from deploy.local.ports import ADDRESS, ChosenPorts
from deploy.local.program import Program

START_SECONDS = 3
STOP_SECONDS = 30

_FORMATTED = "formatted"
_FORMAT_SECONDS = 120

_PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{address}:{controller}
listeners=BROKER://{address}:{broker},CONTROLLER://{address}:{controller}
advertised.listeners=BROKER://{address}:{broker}
listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=BROKER
controller.listener.names=CONTROLLER
log.dirs=data
auto.create.topics.enable=false
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=4
group.initial.rebalance.delay.ms=0
# Committed offsets outlive a machine that is off for weeks: the sink's intents are kept in them.
offsets.retention.minutes=129600
# After kill -9 the broker may register again only when its old session has run out.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
log.cleaner.dedupe.buffer.size=16777216
num.network.threads=2
num.io.threads=4
"""

_LOGGING = """\
status=error
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %p %c{1}: %m%n
rootLogger.level=warn
rootLogger.appenderRef.console.ref=console
logger.server.name=kafka.server.KafkaRaftServer
logger.server.level=info
"""


def prepare(folder: Path, java: Path, jars: Path, ports: ChosenPorts, progress: Progress) -> Program:
    """Write the node's configuration, format its log folder on first use, and return the program that runs it.

    Raises LocalError when the log folder can't be formatted.
    """
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    properties = _PROPERTIES.format(address=ADDRESS, broker=ports.kafka, controller=ports.kafka_controller)
    write_atomically(folder / "server.properties", properties)
    write_atomically(folder / "log4j2.properties", _LOGGING)
    classpath = f"{jars}/*"
    if not (folder / _FORMATTED).exists():
        progress("preparing Kafka's folder", 0, 0)
        _format(folder, java, classpath)
        write_atomically(folder / _FORMATTED, "")
    memory = ("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError")
    flags = (
        "-XX:-UsePerfData",
        "-Djava.net.preferIPv4Stack=true",
        "-Djava.awt.headless=true",
        f"-Djava.io.tmpdir={folder / 'tmp'}",
        "-Dlog4j2.configurationFile=log4j2.properties",
    )
    argv = (str(java), *memory, *flags, "-cp", classpath, "kafka.Kafka", "server.properties")
    inputs = properties + _LOGGING + KAFKA_VERSION
    return Program("kafka", argv, {}, str(folder), START_SECONDS, STOP_SECONDS, inputs)


def is_ready(bootstrap: str) -> bool:
    """Say whether the broker answers a metadata request and names itself in the answer."""
    client = Producer({"bootstrap.servers": bootstrap, "log_level": 0})
    try:
        return bool(client.list_topics(timeout=1.0).brokers)
    except KafkaException:
        return False


def _format(folder: Path, java: Path, classpath: str) -> None:
    cluster_id = "k" + secrets.token_urlsafe(16)[1:]  # 22 characters; one that starts with "-" is read as an option
    command = [
        str(java),
        "-Xmx128m",
        "-XX:-UsePerfData",
        "-Dlog4j2.configurationFile=log4j2.properties",
        "-cp",
        classpath,
    ]
    command += ["kafka.tools.StorageTool", "format", "--ignore-formatted", "-t", cluster_id, "-c", "server.properties"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_FORMAT_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        raise LocalError(
            f"could not run Java to prepare Kafka's folder ({type(error).__name__}). Try {java}."
        ) from error
    if done.returncode != 0:
        lines = (done.stderr + done.stdout).strip().splitlines() or ["no message"]
        raise LocalError(f"Kafka's folder {folder} could not be prepared: {lines[-1]}")
