"""Every command with its options. A body is imported when its command runs, so that ``--help`` needs nothing but typer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.families import content_app, ladder_app
from wargame.cli.options import (
    DEFAULT_SCENARIO,
    MOST_TURNS,
    As,
    Decline,
    ExerciseFile,
    Force,
    Json,
    LogFormat,
    Mode,
    OnLadder,
    Plain,
    Quiet,
    Scenario,
    Switches,
    Turn,
    family,
)
from wargame.cli.seminar import SEMINAR

app = family(
    "A tabletop exercise in deterrence: capitals, sealed orders, an escalation ladder, every check explained.\n\n"
    "\b\nExamples:\n  wargame play                                 play the first scenario, alone against bots\n"
    "  wargame play --as none --seed 7 --no-input   watch a whole exercise as a chronicle\n"
    "  wargame resume                               go on with the latest exercise\n\n"
    "\b\nExit codes:\n  0 ok, 1 unexpected, 2 usage, 3 bad content, 4 exercise file damaged, foreign or\n"
    "  too new, 5 refused by the rules, 6 outside program failed, 130 interrupted"
)
app.add_typer(ladder_app, name="ladder")
app.add_typer(content_app, name="content")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

        try:
            typer.echo(f"wargame {version('wargame')}")
        except PackageNotFoundError:
            typer.echo("wargame, version unknown")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    pass


@app.command()
def play(
    scenario: Scenario = DEFAULT_SCENARIO,
    as_: Annotated[
        list[str] | None,
        typer.Option(
            "--as", metavar="CAPITAL", help='Whom a person plays, or white-cell; repeatable. "none": bots only.'
        ),
    ] = None,
    doctrine: Annotated[
        list[str] | None,
        typer.Option("--doctrine", metavar="CAPITAL=NAME", help="The doctrine of a bot; may be repeated."),
    ] = None,
    theory: Annotated[str | None, typer.Option("--theory", metavar="NAME", help="The theory of the checks.")] = None,
    ladder: OnLadder = None,
    after: Annotated[
        Path | None, typer.Option("--after", metavar="FILE", help="Take over how this earlier exercise ended.")
    ] = None,
    decline: Decline = None,
    switches: Switches = None,
    mode: Annotated[Mode, typer.Option("--mode", help="How far the white cell may rule.")] = Mode.SEMI_RIGID,
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", help="Makes the dice repeatable.")] = None,
    turns: Annotated[
        int | None, typer.Option("--turns", min=1, max=MOST_TURNS, metavar="N", help="How many turns, 1 to 24.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="PATH", help="Where to record the exercise.")] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing: bots play every capital.")] = False,
    plain: Plain = False,
    quiet: Quiet = False,
) -> int | None:
    """Play an exercise, alone against bots or several people at one keyboard.

    \b
    Examples:
      wargame play
      wargame play --as none --seed 7 --no-input
      wargame play february-2022 --ladder kahn-44
      wargame play crimea-2014 --after budapest.wargame
    """
    from wargame.cli.play import run  # noqa: PLC0415

    return run(
        scenario=scenario,
        sides=tuple(as_ or ()),
        doctrines=tuple(doctrine or ()),
        theory=theory,
        ladder=ladder,
        after=after,
        decline=tuple(decline or ()),
        switches=tuple(switches or ()),
        mode=mode.value,
        seed=seed,
        turns=turns,
        file=file,
        no_input=no_input,
        plain=plain,
        quiet=quiet,
    )


@app.command()
def resume(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="An exercise file; without it, the latest.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing: only bots may owe input.")] = False,
    plain: Plain = False,
    quiet: Quiet = False,
) -> int | None:
    """Go on with an exercise exactly where it stood.

    \b
    Example:
      wargame resume
    """
    from wargame.cli.resume import run  # noqa: PLC0415

    return run(file=file, no_input=no_input, plain=plain, quiet=quiet)


@app.command()
def exercises(json: Json = False) -> None:
    """List the exercises in the usual folder, the latest first.

    \b
    Example:
      wargame exercises --json
    """
    from wargame.cli.exercises import run  # noqa: PLC0415

    run(json=json)


@app.command()
def show(file: ExerciseFile, as_: As = None, turn: Turn = None, json: Json = False, plain: Plain = False) -> None:
    """Show where an exercise stands, or stood, as one side sees it.

    \b
    Example:
      wargame show crisis.wargame --as public --turn 3
    """
    from wargame.cli.show import run  # noqa: PLC0415

    run(file=file, side=as_, turn=turn, json=json, plain=plain)


@app.command()
def export(
    file: ExerciseFile,
    format_: Annotated[LogFormat, typer.Option("--format", "-f", help="What to write.")],
    as_: As = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="Where to; a folder for csv.")
    ] = None,
    force: Force = False,
) -> None:
    """Write an exercise as JSON lines, tidy tables or a readable chronicle.

    \b
    Example:
      wargame export crisis.wargame --format md -o crisis.md
    """
    from wargame.cli.exports import run  # noqa: PLC0415

    run(file=file, format_=format_.value, side=as_, output=output, force=force)


@app.command(name="import")
def import_(
    log: Annotated[Path, typer.Argument(metavar="LOG.jsonl", help="The white cell's log.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The exercise file to write.")],
) -> None:
    """Rebuild an exercise file from the white cell's log, with the same hashes.

    \b
    Example:
      wargame import crisis.jsonl -o crisis.wargame
    """
    from wargame.cli.imports import run  # noqa: PLC0415

    run(log=log, output=output)


@app.command()
def verify(file: ExerciseFile, json: Json = False) -> int | None:
    """Play a recorded exercise again and compare every step.

    \b
    Example:
      wargame verify crisis.wargame
    """
    from wargame.cli.verify import run  # noqa: PLC0415

    return run(file=file, json=json)


@app.command()
def explain(file: ExerciseFile, turn: Turn = None, json: Json = False, plain: Plain = False) -> None:
    """Print the whole working of every check, or of those of one turn.

    \b
    Example:
      wargame explain crisis.wargame --turn 4
    """
    from wargame.cli.explain import run  # noqa: PLC0415

    run(file=file, turn=turn, json=json, plain=plain)


@app.command()
def estimate(
    scenario: Scenario = DEFAULT_SCENARIO,
    theory: Annotated[
        list[str] | None, typer.Option("--theory", metavar="NAME", help="Only this theory; may be repeated.")
    ] = None,
    ladder: OnLadder = None,
    json: Json = False,
    plain: Plain = False,
) -> None:
    """Compare policy packages under every theory, with their bands.

    \b
    Example:
      wargame estimate --theory balanced --theory spiral
    """
    from wargame.cli.estimate import run  # noqa: PLC0415

    run(scenario=scenario, theories=tuple(theory or ()), ladder=ladder, json=json, plain=plain)


for _name, _body in SEMINAR:
    app.command(name=_name)(_body)
