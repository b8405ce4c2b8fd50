"""The command `complaints`: its groups, and how every known error is told to the person who typed it."""

from __future__ import annotations

from typing import Any

import click
from clickhouse_driver.errors import NetworkError, ServerException

from cli.demo import demo
from cli.enrich import enrich
from cli.local import doctor, down, status, up
from cli.migrate import migrate
from cli.publish import publish
from cli.reference import reference
from cli.simulate import simulate
from cli.stages import process, sink
from deploy.local.errors import LocalError
from reference.active import ReferenceMissing
from reference.problems import PackInvalid
from runtime.kafka import KafkaUnavailableError
from runtime.logs import configure_logs
from runtime.settings import EXIT_CONFIGURATION, ConfigurationError
from sinks.migrations import MigrationError

TOLD = (LocalError, PackInvalid, ReferenceMissing, KafkaUnavailableError, MigrationError)
"""Errors whose message already says what happened and what to do."""


class Complaints(click.Group):
    """A group that prints known errors without a traceback, and exits 78 when the configuration is wrong."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ConfigurationError as error:
            click.echo("The configuration is wrong:", err=True)
            for problem in error.problems:
                click.echo(f"  {problem}", err=True)
            click.echo("Correct these variables in the environment; docs/operations.md lists them all.", err=True)
            ctx.exit(EXIT_CONFIGURATION)
        except TOLD as error:
            click.echo(f"complaints: {error}", err=True)
            ctx.exit(1)
        except (NetworkError, EOFError):
            click.echo("complaints: ClickHouse did not answer. Does it run? complaints status", err=True)
            ctx.exit(1)
        except ServerException as error:
            click.echo(
                f"complaints: ClickHouse refused (error {error.code}). Is the schema there? complaints migrate",
                err=True,
            )
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("complaints: interrupted", err=True)
            ctx.exit(130)


@click.group(cls=Complaints, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kesco-complaints", prog_name="complaints")
def cli() -> None:
    """Takes a city's electricity complaints, loses none, and shows where the network is down.

    Settings come from environment variables that begin with COMPLAINTS_; docs/operations.md lists them.
    """
    configure_logs("ERROR", "text")


for command in (up, down, status, doctor, demo, publish, enrich, process, sink, migrate, simulate, reference):
    cli.add_command(command)


def main() -> None:
    """Entry point of the installed command."""
    cli(prog_name="complaints")


if __name__ == "__main__":
    main()
