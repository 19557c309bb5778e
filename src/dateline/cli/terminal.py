"""Where the command line prints: text from outside made harmless, messages on standard error, data on standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from ..records import Rejection, Retraction

# Characters that move the cursor, change colours, reorder or hide text. Each is replaced by one visible character,
# so that offsets into the text stay true.
_SPACES = "\t\n\r\x0b\x0c\x85\u2028\u2029"
_HIDING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff"
_HARMLESS = {
    **dict.fromkeys((*range(32), *range(127, 160), *range(55296, 57344)), "�"),
    **{ord(each): "\ufffd" for each in _HIDING},
    **{ord(each): " " for each in _SPACES},
}


def visible(text: str) -> str:
    """The text with every control character, escape and direction mark replaced, one for one."""
    return text.translate(_HARMLESS)


def page() -> Console:
    """The console for what a person reads on standard output."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def print_wrapped(console: Console, text: Text, *, first: str = "", rest: str = "") -> None:
    """Prints the text in the console's width; ``first`` stands before its first line, ``rest`` before the others."""
    from rich.text import Text

    width = max(console.width - max(len(first), len(rest)), 20)
    for number, line in enumerate(text.wrap(console, width, overflow="fold")):
        line.rstrip()
        console.print(Text().append(rest if number else first, style="dim").append_text(line), soft_wrap=True)


def is_terminal() -> bool:
    """Whether standard output is read by a person at a terminal."""
    return sys.stdout.isatty()


def say(message: str) -> None:
    """One message on standard error, each of its lines made harmless."""
    lines = message.split("\n")
    typer.echo("\n".join(visible(line) for line in lines), err=True)


def counted(number: int, noun: str) -> str:
    """ "1 report", "2,000 reports" """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def refusal(rejection: Rejection) -> str:
    """What to say of an input that could not be coded: which, why, and what to do, on one line."""
    message = " ".join(rejection.message.split())
    named = message if rejection.name in message else f"{rejection.name}: {message}"
    return f"dateline: {named}"


def withdrawal(retraction: Retraction) -> str:
    """What to say of an article that was taken back: which, and why, on one line."""
    which = retraction.url or retraction.external_id
    named = f"{retraction.name} ({which})" if which and which not in retraction.name else retraction.name
    when = f", {retraction.at}" if retraction.at else ""
    return f"dateline: {' '.join(named.split())}: retracted: {' '.join(retraction.reason.split())}{when}"


def fail(message: str, *, code: int = 2) -> NoReturn:
    """Says why the command cannot go on, and ends it."""
    say(f"dateline: {message}")
    raise typer.Exit(code)
