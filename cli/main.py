"""The command `complaints`: its parts, and how every known error is told to the person who typed it."""

from __future__ import annotations

import faulthandler
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

from cli.begin import STAGES
from runtime.logs import configure_logs
from runtime.settings import EXIT_CONFIGURATION, ConfigurationError, unknown_variables

COMMANDS: Final = {
    "up": ("cli.local", "Start the whole pipeline on this machine."),
    "down": ("cli.local", "Stop everything that `up` started; the data stay."),
    "status": ("cli.local", "Show what runs, since when, and where its log is."),
    "doctor": ("cli.local", "Say what is missing on this machine, and how to get it."),
    "demo": ("cli.demo", "Play a simulated evening through everything; show what was found."),
    "publish": ("cli.publish", "Send raw events from a file, each confirmed by the broker."),
    "replay": ("cli.replay", "Send raw records of a time range through enrichment once more."),
    "enrich": ("cli.enrich", "Send raw events through enrichment alone, without a server."),
    "process": ("cli.stages", "Enrich and route raw events, in the foreground."),
    "sink": ("cli.stages", "Store what was enriched in ClickHouse, in the foreground."),
    "detect": ("cli.detect", "Find the nodes that are dark, in the foreground."),
    "backtest": ("cli.backtest", "Run the detector over stored complaints as if it had run then."),
    "balance": ("cli.balance", "Is everything that came in stored, a repeat or a dead letter?"),
    "deadletters": ("cli.deadletters", "What was refused: list, show, replay, drop."),
    "label": ("cli.label", "Corrections of what complaints were about: keep and export them."),
    "migrate": ("cli.migrate", "The ClickHouse schema: status, up, verify."),
    "simulate": ("cli.simulate", "Write a reference pack, raw events and the truth, as files."),
    "reference": ("cli.reference", "Reference packs: check, load, complete."),
}
"""The module of each command and one line about it; a module is imported when its command is used."""


class Complaints(click.Group):
    """A group that imports a command when it is used, and tells known errors without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of their use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None when there is no such one."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of `--help`, without importing any command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, meaning) for name, (_, meaning) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _told(ctx):
            return super().invoke(ctx)


@contextmanager
def _told(ctx: click.Context) -> Iterator[None]:
    """Turn known errors into a message and an exit status: 78 for a wrong configuration, else 1."""
    try:
        yield
    except ConfigurationError as error:
        click.echo("The configuration is wrong:", err=True)
        for problem in error.problems:
            click.echo(f"  {problem}", err=True)
        click.echo("Correct these variables in the environment; docs/operations.md lists them all.", err=True)
        ctx.exit(EXIT_CONFIGURATION)
    except KeyboardInterrupt:
        click.echo("complaints: interrupted", err=True)
        ctx.exit(130)
    except Exception as error:
        from cli.errors import told

        message = told(error)
        if message is None:
            raise
        click.echo(f"complaints: {message}", err=True)
        ctx.exit(1)


@click.group(cls=Complaints, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kesco-complaints", prog_name="complaints")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Takes a city's electricity complaints, loses none, and shows where the network is down.

    Settings come from environment variables that begin with COMPLAINTS_; docs/operations.md lists them.
    """
    configure_logs("ERROR", "text")
    if ctx.invoked_subcommand not in STAGES:
        for line in unknown_variables():
            click.echo(f"complaints: {line}", err=True)


def main() -> None:
    """Entry point of the installed command, stages included."""
    if sys.stderr:
        faulthandler.enable()  # a crash within a C library tells files, lines and names, never values
    cli(prog_name="complaints")


if __name__ == "__main__":
    main()
