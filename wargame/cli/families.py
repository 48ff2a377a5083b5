"""The families ``wargame ladder`` and ``wargame content``; each body is imported when its command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import DEFAULT_SCENARIO, Force, GraphFormat, Json, Ladder, Paths, Plain, Scenario, family

ladder_app = family(
    "Look at the escalation ladder: its rungs, its edges, the way from one rung to another.\n\n"
    "\b\nExample:\n  wargame ladder show"
)
content_app = family(
    "Look at content, check it, and write your own: scenarios, cards, measures, ladders, theories.\n\n"
    "\b\nExamples:\n  wargame content check\n  wargame content new scenario my-crisis"
)


@ladder_app.command("show")
def ladder_show(ladder: Ladder = None, json: Json = False, plain: Plain = False) -> None:
    """Show the rungs, lowest first, with the edges that leave each of them.

    \b
    Example:
      wargame ladder show
    """
    from wargame.cli.ladder import show as run  # noqa: PLC0415

    run(ladder=ladder, json=json, plain=plain)


@ladder_app.command("path")
def ladder_path(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A rung.", show_default=False)],
    target: Annotated[str, typer.Argument(metavar="TO", help="A rung.", show_default=False)],
    ladder: Ladder = None,
    json: Json = False,
    plain: Plain = False,
) -> None:
    """Show the shortest way from one rung to another, up or down.

    \b
    Example:
      wargame ladder path FROM TO
    """
    from wargame.cli.ladder import path as run  # noqa: PLC0415

    run(source=source, target=target, ladder=ladder, json=json, plain=plain)


@ladder_app.command("check")
def ladder_check(ladder: Ladder = None, json: Json = False, plain: Plain = False) -> int | None:
    """Check that a ladder holds together: every rung reachable, every rung with a way down.

    \b
    Example:
      wargame ladder check --ladder my-ladder.toml
    """
    from wargame.cli.ladder import check as run  # noqa: PLC0415

    return run(ladder=ladder, json=json, plain=plain)


@ladder_app.command("export")
def ladder_export(
    format_: Annotated[GraphFormat, typer.Option("--format", "-f", help="What to write.")] = GraphFormat.DOT,
    ladder: Ladder = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="PATH", help="Where to.")] = None,
    force: Force = False,
) -> None:
    """Write a ladder as a graph for other programs.

    \b
    Example:
      wargame ladder export --format mermaid
    """
    from wargame.cli.ladder import export as run  # noqa: PLC0415

    run(format_=format_.value, ladder=ladder, output=output, force=force)


@content_app.command("list")
def content_list(
    things: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KIND] [PATH]...", help="A kind of content, then files or folders of content."),
    ] = None,
    json: Json = False,
    plain: Plain = False,
) -> None:
    """List what content there is, built in and of your own: what one plays with, or all of one kind with what it means.

    \b
    Kinds:
      scenario  ladder  rulebook  theory  deck  card  measure  doctrine
      track  concept  reaction  standing  shift

    \b
    Examples:
      wargame content list
      wargame content list concept
      wargame content list card my-deck.toml
    """
    from wargame.cli.content.listing import run  # noqa: PLC0415

    run(things=tuple(things or ()), json=json, plain=plain)


@content_app.command("check")
def content_check(
    paths: Paths = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="What a code such as WG301 means, and nothing else.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as faults.")] = False,
    json: Json = False,
    plain: Plain = False,
) -> int | None:
    """Check content: faults first, then what is probably a slip, then what is worth knowing, each with its place.

    \b
    Examples:
      wargame content check my-deck.toml
      wargame content check --explain WG711
    """
    from wargame.cli.content.checking import run  # noqa: PLC0415

    return run(paths=tuple(paths or ()), explain=explain, strict=strict, json=json, plain=plain)


@content_app.command("balance")
def content_balance(
    scenario: Scenario = DEFAULT_SCENARIO,
    games: Annotated[int, typer.Option("--games", "-n", min=10, max=10000, metavar="N", help="How many games.")] = 100,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The seed of the first game.")] = 1,
    worth: Annotated[
        bool, typer.Option("--worth", help="Also what each card is worth to scores: every game again without it.")
    ] = False,
    json: Json = False,
    plain: Plain = False,
) -> int | None:
    """Play a scenario many times by doctrines: its claims, its endings, how often each card comes, whom it helps.

    \b
    Example:
      wargame content balance crimea-2014 -n 200
    """
    from wargame.cli.content.balancing import run  # noqa: PLC0415

    return run(scenario=scenario, games=games, seed=seed, with_worth=worth, json=json, plain=plain)


@content_app.command("new")
def content_new(
    kind: Annotated[
        str,
        typer.Argument(metavar="KIND", help="scenario, deck, card, ladder, theory or doctrine.", show_default=False),
    ],
    name: Annotated[str, typer.Argument(metavar="[ID]", help="Its id; my-KIND if left out.", show_default=False)] = "",
    file: Annotated[
        Path | None, typer.Option("--file", metavar="PATH", help="Where to; ID.toml if left out, - for the output.")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema/--no-schema", help="Also write the schema for editors beside it.")
    ] = True,
    force: Force = False,
    json: Json = False,
) -> None:
    """Write a commented file that checks and works as it stands, to be changed into one's own.

    \b
    Examples:
      wargame content new scenario harbour
      wargame content new card --file -
    """
    from wargame.cli.content.new import run  # noqa: PLC0415

    run(kind=kind, name=name, file=file, with_schema=schema, force=force, json=json)


@content_app.command("stats")
def content_stats(paths: Paths = None, json: Json = False, plain: Plain = False) -> None:
    """Count what there is: seats and turns, cards by deck, concepts taught, measures by capital, words of texts.

    \b
    Examples:
      wargame content stats
      wargame content stats my-deck.toml --json
    """
    from wargame.cli.content.counting import run  # noqa: PLC0415

    run(paths=tuple(paths or ()), json=json, plain=plain)


@content_app.command("diff")
def content_diff(
    a: Annotated[str, typer.Argument(metavar="A", help="An id, a file or a folder: what was.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="An id, a file or a folder: what is.", show_default=False)],
    json: Json = False,
) -> None:
    """Say in words what differs between two files, folders or things of content.

    \b
    Examples:
      wargame content diff old/my-deck.toml my-deck.toml
      wargame content diff balanced spiral
      wargame content diff february-2022 my-scenario.toml
    """
    from wargame.cli.content.comparing import run  # noqa: PLC0415

    run(a=a, b=b, json=json)


@content_app.command("bundle")
def content_bundle(
    scenario: Scenario,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="PATH", help="Where to; ID-bundle.toml if left out, - for the output."),
    ] = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Write a scenario and everything it needs as one file that plays the same game.

    \b
    Example:
      wargame content bundle my-scenario --file to-a-friend.toml
    """
    from wargame.cli.content.bundling import run  # noqa: PLC0415

    run(scenario=scenario, file=file, force=force, json=json)


@content_app.command("schema")
def content_schema(
    paths: Paths = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="PATH", help="Write it there.")] = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Print or write the JSON Schema of content files, by which an editor completes, explains and checks.

    \b
    Examples:
      wargame content schema --file wargame.schema.json
      wargame content schema > wargame.schema.json

    The first line of a content file names it: #:schema ./wargame.schema.json
    """
    from wargame.cli.content.schema import run  # noqa: PLC0415

    run(paths=tuple(paths or ()), file=file, force=force, json=json)
