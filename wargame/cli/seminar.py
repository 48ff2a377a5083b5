"""The commands of a seminar with their options; each body is imported when its command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from wargame.cli.options import (
    DEFAULT_SCENARIO,
    MOST_TURNS,
    BranchPhase,
    Decline,
    ExerciseFile,
    Force,
    Json,
    Mode,
    OnLadder,
    Plain,
    ReportFormat,
    ReportReader,
    ReportVariant,
    Scenario,
    Switches,
)


def plan(
    scenario: Scenario = DEFAULT_SCENARIO,
    minutes: Annotated[int, typer.Option("--minutes", min=1, max=1440, metavar="N", help="How long, all told.")] = 120,
    teams: Annotated[
        int | None, typer.Option("--teams", min=1, max=24, metavar="N", help="Without it, one for each capital.")
    ] = None,
    turns: Annotated[
        int | None, typer.Option("--turns", min=1, max=MOST_TURNS, metavar="N", help="Without it, what suits the time.")
    ] = None,
    start: Annotated[str | None, typer.Option("--start", metavar="HH:MM", help="Time of day at the start.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Add what to do about each delay, turn by turn.")] = False,
    json: Json = False,
    plain: Plain = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="PATH", help="Where to.")] = None,
    force: Force = False,
) -> None:
    """Print the run sheet of a seminar, with at least a fifth of the time for the debrief.

    \b
    Example:
      wargame plan --minutes 120 --teams 5 --start 14:00
    """
    from wargame.cli.plan import run  # noqa: PLC0415

    run(
        scenario=scenario,
        minutes=minutes,
        teams=teams,
        turns=turns,
        start=start,
        late=late,
        json=json,
        plain=plain,
        output=output,
        force=force,
    )


def print_(
    source: Annotated[
        str, typer.Argument(metavar="FILE|SCENARIO", help="An exercise as it stands now, or a scenario's opening.")
    ] = DEFAULT_SCENARIO,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write.")] = Path("kit"),
    part: Annotated[
        list[str] | None,
        typer.Option(
            "--part",
            metavar="NAME",
            help="Only this part; repeatable: brief, objectives, orders, beliefs, "
            "ladder, aid, debrief, cards, injects, envelopes, cheat-sheet.",
        ),
    ] = None,
    team: Annotated[
        list[str] | None, typer.Option("--team", metavar="CAPITAL", help="Only for this capital; repeatable.")
    ] = None,
    paper: Annotated[str, typer.Option("--paper", metavar="SIZE", help="a4 or letter.")] = "a4",
    large: Annotated[bool, typer.Option("--large", help="Large print.")] = False,
    low_ink: Annotated[bool, typer.Option("--low-ink", help="Black on white, no tints.")] = False,
    turns: Annotated[
        int,
        typer.Option("--turns", min=0, max=MOST_TURNS, metavar="N", help="For so many turns; 0: all that are left."),
    ] = 0,
    minutes: Annotated[
        int, typer.Option("--minutes", min=0, max=1440, metavar="N", help="How long it lasts; 0: two hours or more.")
    ] = 0,
    force: Force = False,
) -> None:
    """Print a seminar: briefs, order forms, envelopes, cards, ladder, aids, slips.

    Pages are HTML that needs no network. Each team's folder holds what that team may know.

    \b
    Examples:
      wargame print february-2022 -o kit
      wargame print seminar.wargame --part orders --turns 1 -o turn3
    """
    from wargame.cli.print_ import run  # noqa: PLC0415

    run(
        source=source, output=output, parts=tuple(part or ()), teams=tuple(team or ()), paper=paper, large=large,
        low_ink=low_ink, turns=turns, minutes=minutes, force=force,
    )  # fmt: skip


def console(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Goes on if it is there, otherwise begins there.")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="NAME|PATH", help="What a new one plays.")
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option("--minutes", min=1, max=1440, metavar="N", help="How long, all told: 120, or as begun."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", help="Makes the dice repeatable.")] = None,
    mode: Annotated[Mode | None, typer.Option("--mode", help="How far the white cell may rule.")] = None,
    theory: Annotated[str | None, typer.Option("--theory", metavar="NAME", help="The theory of the checks.")] = None,
    turns: Annotated[
        int | None, typer.Option("--turns", min=1, max=MOST_TURNS, metavar="N", help="Without it, what suits the time.")
    ] = None,
    play: Annotated[
        list[str] | None,
        typer.Option("--play", metavar="CAPITAL", help="In human hands; repeatable. Without it, every capital."),
    ] = None,
    rehearsal: Annotated[bool, typer.Option("--rehearsal", help="A trial run; every screen says so.")] = False,
    ladder: OnLadder = None,
    decline: Decline = None,
    switches: Switches = None,
    plain: Plain = False,
) -> int | None:
    """Run a seminar as its white cell: clock, sealed orders, rulings, injects, notes, all from one keyboard.

    \b
    Examples:
      wargame console seminar.wargame --minutes 120
      wargame console seminar.wargame                goes on where it stood
    """
    from wargame.cli.whitecell.start import Wanted, run  # noqa: PLC0415

    return run(
        file,
        minutes,
        Wanted(
            scenario,
            seed,
            mode.value if mode else None,
            theory,
            turns,
            tuple(play or ()),
            rehearsal,
            ladder,
            tuple(decline or ()),
            tuple(switches or ()),
        ),
        plain,
    )


def board(
    file: ExerciseFile,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="PATH", help="Keep a page there, for a browser in full screen.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Show one picture and end.")] = False,
    plain: Plain = False,
    force: Force = False,
) -> None:
    """Show everybody in the room what is public: ladder, clock, headline, declarations, who has sealed.

    The exercise itself is never opened; the console writes what may be shown into a file beside it.

    \b
    Example:
      wargame board crisis.wargame --html board.html
    """
    from wargame.cli.board import run  # noqa: PLC0415

    run(file=file, html=html, once=once, plain=plain, force=force)


def report(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="An exercise file.", show_default=False)] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="Where to; else report.html here.")
    ] = None,
    format_: Annotated[ReportFormat, typer.Option("--format", "-f", help="What to write.")] = ReportFormat.HTML,
    reader: Annotated[
        ReportReader, typer.Option("--for", help="Players get it without the white cell's notes.")
    ] = ReportReader.WHITE_CELL,
    variant: Annotated[
        ReportVariant, typer.Option("--variant", help="Findings and a plan, or a seminar's insights.")
    ] = ReportVariant.AFTER_ACTION,
    branch: Annotated[
        list[Path] | None,
        typer.Option("--branch", metavar="FILE", help="A branch to compare it with; may be repeated."),
    ] = None,
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="No times of day, no file names, no team named.")
    ] = False,
    example: Annotated[
        bool, typer.Option("--example", help="Of the recorded seminar that comes with wargame.")
    ] = False,
    force: Force = False,
) -> None:
    """Write the after-action report: a draft with every figure, made to be finished by people.

    \b
    Examples:
      wargame report crisis.wargame -o report.html
      wargame report crisis.wargame --for players --variant insights
      wargame report --example
    """
    from wargame.cli.report import run  # noqa: PLC0415

    run(
        file=file,
        example=example,
        format_=format_.value,
        audience=reader.value,
        variant=variant.value,
        branches=tuple(branch or ()),
        pseudonyms=pseudonyms,
        output=output,
        force=force,
    )


def branch(
    file: ExerciseFile,
    turn: Annotated[int, typer.Option("--turn", min=1, metavar="N", help="The turn to leave it in.")],
    phase: Annotated[BranchPhase, typer.Option("--phase", help="Before which phase.")] = BranchPhase.ORDERS,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="CHANGE", help='What is otherwise, like "CAPITAL.face +1"; may be repeated.'),
    ] = None,
    doctrine: Annotated[
        list[str] | None,
        typer.Option("--doctrine", metavar="CAPITAL=NAME", help="A bot plays it by this doctrine; may be repeated."),
    ] = None,
    as_: Annotated[
        list[str] | None,
        typer.Option("--as", metavar="CAPITAL", help="People play on here, or white-cell; may be repeated."),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Bots answer anew where people once answered.")] = False,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What the branch is to show.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The exercise file to write.")
    ] = None,
    json: Json = False,
    plain: Plain = False,
) -> None:
    """Play a recorded exercise another way from some turn on, and say what that changed.

    Whoever was a person gives the same orders again while they fit; the parent stays as it is.

    \b
    Example:
      wargame branch crisis.wargame --turn 3 --set "PATRON>PARTNER.permission = everything"
    """
    from wargame.cli.branch import run  # noqa: PLC0415

    run(
        file=file,
        turn=turn,
        phase=phase.value,
        shifts=tuple(set_ or ()),
        doctrines=tuple(doctrine or ()),
        sides=tuple(as_ or ()),
        fresh=fresh,
        why=why,
        output=output,
        json=json,
        plain=plain,
    )


SEMINAR: Final = (
    ("plan", plan), ("print", print_), ("console", console), ("board", board), ("report", report), ("branch", branch),
)  # fmt: skip
"""The commands by name, in the order of an afternoon."""
