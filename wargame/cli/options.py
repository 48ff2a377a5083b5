"""Options and arguments that several commands share, and how a family of commands is made."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_SCENARIO = "february-2022"
DEFAULT_MINUTES = 120
"""A session of two hours."""

MOST_TURNS = 24
"""Turns of the longest exercise, as the rules have it; said here so that ``--help`` need not read the rules."""


class Mode(StrEnum):
    """How far the white cell may rule."""

    RIGID = "rigid"
    SEMI_RIGID = "semi-rigid"
    FREE = "free"


class LogFormat(StrEnum):
    """Formats of an exported exercise."""

    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"


class BranchPhase(StrEnum):
    """Phases before which a branch may leave its parent."""

    UPDATE = "update"
    SIGNAL = "signal"
    ORDERS = "orders"


class ReportFormat(StrEnum):
    """Formats of an after-action report."""

    HTML = "html"
    MD = "md"


class ReportReader(StrEnum):
    """Whom a report is for."""

    WHITE_CELL = "white-cell"
    PLAYERS = "players"


class ReportVariant(StrEnum):
    """Shapes of a report."""

    AFTER_ACTION = "after-action"
    INSIGHTS = "insights"


class GraphFormat(StrEnum):
    """Formats of an exported ladder."""

    DOT = "dot"
    MERMAID = "mermaid"
    GRAPHML = "graphml"


def family(text: str) -> typer.Typer:
    """Return an empty family of commands with the help they share."""
    return typer.Typer(
        help=text,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    )


Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
Plain = Annotated[bool, typer.Option("--plain", help="Linear text: no boxes, no colour, nothing redrawn.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that are there already.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is needed.")]
As = Annotated[str | None, typer.Option("--as", metavar="SIDE", help="A capital, white-cell or public.")]
Turn = Annotated[int | None, typer.Option("--turn", min=0, help="Only this turn.")]
ExerciseFile = Annotated[Path, typer.Argument(metavar="FILE", help="An exercise file.", show_default=False)]
Ladder = Annotated[str | None, typer.Option("--ladder", metavar="NAME|PATH", help="Another ladder.")]
Decline = Annotated[
    list[str] | None,
    typer.Option(
        "--decline", metavar="MARK", help="Leave out steps so marked (nuclear-use): fade to the debrief instead."
    ),
]
Switches = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="SWITCH=WORD", help="Answer a disputed question otherwise (world.reputation=global)."
    ),
]
OnLadder = Annotated[
    str | None, typer.Option("--ladder", metavar="NAME", help="Another ladder that the scenario can be played on.")
]
Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario by name, or a path to a TOML file.")]
Paths = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Files or folders of content.")]
