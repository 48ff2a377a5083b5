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
    "Look at content and check it: scenarios, cards, measures, theories.\n\n\b\nExample:\n  wargame content check"
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
def content_list(paths: Paths = None, json: Json = False, plain: Plain = False) -> None:
    """List what content there is, built in and of your own.

    \b
    Example:
      wargame content list
    """
    from wargame.cli.content.listing import run  # noqa: PLC0415

    run(paths=tuple(paths or ()), json=json, plain=plain)


@content_app.command("check")
def content_check(paths: Paths = None, json: Json = False, plain: Plain = False) -> int | None:
    """Check content and report every fault with its file and line.

    \b
    Example:
      wargame content check my-deck.toml
    """
    from wargame.cli.content.checking import run  # noqa: PLC0415

    return run(paths=tuple(paths or ()), json=json, plain=plain)


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


@content_app.command("schema")
def content_schema(paths: Paths = None, json: Json = False) -> None:
    """Print the JSON Schema of content files, for editors.

    \b
    Example:
      wargame content schema > wargame.schema.json
    """
    from wargame.cli.content.schema import run  # noqa: PLC0415

    run(paths=tuple(paths or ()), json=json)
