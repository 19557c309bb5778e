"""The command line. One file per command; each imports what it needs when it runs, so that ``--help`` answers at once."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .. import __version__
from ..errors import DatelineError
from . import (
    actors,
    code,
    demo,
    doctor,
    dyads,
    events,
    explain,
    ingest,
    places,
    rejections,
    reports,
    statements,
    verify,
    watch,
)
from .terminal import say

# Exit codes: 0 done, 1 rejections under --strict (or doctor found a fault), 2 could not run as asked.
STOPPED = 130


class Commands(TyperGroup):
    """Turns what a command raises into one clear message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except DatelineError as error:
            say(f"dateline: {error}")
            raise typer.Exit(2) from error
        except BrokenPipeError as error:
            # The reader ("| head") has seen enough. What Python still holds for it must not fail at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from error
        except KeyboardInterrupt as error:
            say("dateline: stopped")
            raise typer.Exit(STOPPED) from error
        return result


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def dateline(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read news reports; write down who did what to whom and who said so, each with the words that say it.

    \b
    dateline demo                                        see it work
    dateline code report.txt --published 2024-03-28      one report, on the screen
    dateline ingest reports/ --store news.db             many reports, into a database
    dateline events --source RUS --since 2024-03-01      ask the database
    dateline explain e_1f3a                              why a row is there
    """


for _name, _command, _summary in (
    ("code", code.code, "Code reports and print what was found."),
    ("dyads", dyads.dyads, "Say what one given span of a text does to another."),
    ("ingest", ingest.ingest, "Code reports into a database."),
    ("events", events.events, "List who did what to whom."),
    ("statements", statements.statements, "List who said what."),
    ("actors", actors.actors, "List who appears."),
    ("places", places.places, "List where things happen."),
    ("reports", reports.reports, "List what was read."),
    ("rejections", rejections.rejections, "List what could not be coded, and why."),
    ("explain", explain.explain, "Show why a row is there."),
    ("watch", watch.watch, "Watch feeds and code what is new."),
    ("verify", verify.verify, "Hold stored reports against their raw bytes."),
    ("demo", demo.demo, "Code, store and show the bundled samples."),
    ("doctor", doctor.doctor, "Check the installation and the store."),
):
    app.command(_name, short_help=_summary)(_command)


def main() -> None:
    """The ``dateline`` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Half a surrogate pair in a report must not end a run; in JSON its escape is even the right way to write it.
            stream.reconfigure(errors="backslashreplace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    app(prog_name="dateline")
