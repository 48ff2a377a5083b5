"""The tables of a report: what the pictures show, in words and figures, for page and Markdown alike.

Cells are plain text; who prints them makes them safe for where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from wargame.report.model import (
    Check,
    Counterfactual,
    Course,
    Credibility,
    Declared,
    PathFigure,
    PhaseTime,
    Reference,
    RungFigure,
    Seat,
)


class Table(Struct, frozen=True):
    """A table. ``numbers`` are the columns that hold figures; the first column names the row; ``whole``: keep it on a page."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    whole: bool = False


def stands(figure: RungFigure) -> Table:
    """Return where every dyad stood at the close of each turn."""
    heads = ("Turn", *(course.dyad for course in figure.courses))
    rows = tuple(
        (str(turn) if turn else "beginning", *(_rung(figure.rungs, course.stands[place]) for course in figure.courses))
        for place, turn in enumerate(figure.turns)
    )
    return Table("Rungs at the close of each turn", heads, rows)


def changes(figure: RungFigure) -> Table:
    """Return every change of rung in the order in which it came."""
    moved = [(change.turn, change.place, course, change) for course in figure.courses for change in course.changes]
    moved.sort(key=lambda each: each[:2])
    rows = tuple(
        (
            str(turn), course.dyad, _rung(figure.rungs, change.source), _rung(figure.rungs, change.to), change.how,
            change.firebreak or "none", cited(change.ref),
        )
        for turn, _, course, change in moved
    )  # fmt: skip
    heads = ("Turn", "Dyad", "From", "To", "How", "Firebreak crossed", "Evidence")
    return Table("Every change of rung", heads, rows)


def edges(figure: PathFigure) -> Table:
    """Return the edges of the ladder that were taken."""
    rows = tuple(
        (
            _rung(figure.rungs, edge.source), _rung(figure.rungs, edge.to), edge.type, str(edge.taken),
            ", ".join(map(str, edge.turns)), "; ".join(edge.dyads), edge.firebreak or "none",
        )
        for edge in figure.edges
        if edge.taken
    )  # fmt: skip
    heads = ("From", "To", "Kind of edge", "Times", "Turns", "Dyads", "Firebreak")
    return Table("Edges of the ladder that were taken", heads, rows, (3,))


def terms(check: Check) -> Table:
    """Return the terms of a check."""
    rows = [
        (
            term.name, "drives the step" if term.side == "pressure" else "holds it back",
            points(term.rating), decimal(term.weight), signed(term.contribution),
        )
        for term in check.terms
    ]  # fmt: skip
    rows += [
        ("margin", "", "", "", signed(check.margin)),
        ("constant of the theory", "", "", "", signed(check.constant)),
        ("margin and constant", "", "", "", signed(check.margin + check.constant)),
    ]
    heads = ("Term", "Side", "Rating", "Weight", "Contribution")
    return Table(f"Terms of the check, by the theory {check.theory}", heads, tuple(rows), (2, 3, 4))


def threats(check: Check) -> Table:
    """Return the threats that answered a step, link by link."""
    rows = tuple(
        (
            threat.name, threat.owner, points(threat.capability), points(threat.will), points(threat.free),
            points(threat.clarity), points(threat.cost), decimal(threat.credibility), threat.weakest,
            "yes" if threat.counts else "no",
        )
        for threat in check.threats
    )  # fmt: skip
    heads = (
        "Threat", "Of", "Capability", "Will", "Freedom", "Clarity", "Cost", "Credibility", "Weakest link", "Counts",
    )  # fmt: skip
    return Table("Threats that answered the step", heads, rows, (2, 3, 4, 5, 6, 7), whole=True)


def theories(check: Check) -> Table:
    """Return a check under every theory."""
    rows = tuple(
        (
            f"{each.theory}, used" if each.used else each.theory, str(each.percent), f"{each.low} to {each.high}",
            "held back" if each.holds else "taken",
        )
        for each in check.theories
    )  # fmt: skip
    heads = ("Theory", "Percent not taken", "Band", f"With the same die, {check.die}")
    return Table(f"Turn {check.turn}: {check.title}", heads, rows, (1, 2), whole=True)


def declared(found: Credibility) -> Table:
    """Return every declaration with what was believed and what came of it."""
    heads = (
        "Declaration", "Turn", "What was declared", "Believed (percent)", "Credibility at checks", "What came of it",
    )  # fmt: skip
    rows = tuple(
        (
            f"{each.id}, {each.capital}", str(each.turn), f"{_how_declared(each)}: {each.text}",
            "; ".join(f"{belief.capital} {belief.percent}" for belief in each.beliefs) or "nobody was asked",
            "; ".join(_tested(each)) or "not tested", _fate(each),
        )
        for each in found.declared
    )  # fmt: skip
    return Table("Every declaration", heads, rows)


def _how_declared(each: Declared) -> str:
    return f"{each.kind}, to {each.to} alone" if each.to else each.kind


def _tested(each: Declared) -> list[str]:
    return [f"turn {t.turn}, {t.threat}: {decimal(t.credibility)}, weakest in {t.weakest}" for t in each.tests]


def _fate(each: Declared) -> str:
    return f"{each.status} in turn {each.settled}" if each.settled else each.status


def credits(found: Credibility) -> Table:
    """Return how credible each capital was and was believed to be."""
    judged = {each.capital: each for each in found.judgements}
    rows = []
    for each in found.credits:
        judge = judged.get(each.capital)
        rows.append((
            each.capital, _percent(each.credible), _percent(each.believed), _gap(each.gap),
            f"{each.kept} of {each.due}", _gap(each.kept_gap),
            f"{judge.brier:.2f} over {judge.beliefs}" if judge and judge.brier >= 0 else "judged none that fell due",
        ))  # fmt: skip
    heads = (
        "Capital", "Credible", "Believed by others", "Believed less credible", "Kept of those due", "Believed less kept",
        "Brier score of its own beliefs",
    )  # fmt: skip
    return Table("Credible and believed, by capital", heads, tuple(rows), (1, 2, 3, 4, 5, 6), whole=True)


def times(found: Iterable[PhaseTime]) -> Table:
    """Return the time spent in each phase."""
    rows = tuple(
        (str(each.turn), each.phase, clock(each.seconds), clock(each.given) if each.given else "none set",
         clock(each.paused) if each.paused else "none")
        for each in found
    )  # fmt: skip
    heads = ("Turn", "Phase", "Time spent", "Time given", "Paused")
    return Table("Time spent in each phase, in minutes and seconds", heads, rows, (2, 3, 4))


def scores(seats: Iterable[Seat]) -> Table:
    """Return who played what, and the score where the exercise has ended."""
    rows = tuple(
        (
            seat.capital, seat.role, "people" if seat.played else seat.doctrine or "a doctrine",
            f"{seat.score} of 100" if seat.score >= 0 else "not yet",
        )
        for seat in seats
    )  # fmt: skip
    return Table("Who sat where", ("Capital", "Role", "Played by", "Score"), rows, (3,), whole=True)


def apart(found: Counterfactual) -> tuple[Table, ...]:
    """Return, for each dyad that stood differently, its rungs in parent and branch."""
    return tuple(
        Table(
            f"{each.dyad}: parent and branch",
            ("Turn", "In the parent", "In the branch"),
            tuple(
                (str(turn) if turn else "beginning", _maybe(found.rungs, there), _maybe(found.rungs, here))
                for turn, there, here in zip(each.turns, each.parent, each.branch, strict=True)
            ),
        )
        for each in found.apart
    )


def has_changes(courses: Iterable[Course]) -> bool:
    """Whether any dyad changed its rung."""
    return any(course.changes for course in courses)


def cited(ref: Reference) -> str:
    """Return how a place in the log is cited."""
    return f"event {ref.seq} (line {ref.line})"


def signed(thousandths: int) -> str:
    """Return thousandths as a decimal with a sign that is as wide as a plus."""
    return f"{'−' if thousandths < 0 else '+'}{decimal(abs(thousandths))}"  # noqa: RUF001


def decimal(thousandths: int) -> str:
    """Return thousandths that are not negative as a decimal."""
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def points(rating: float) -> str:
    """Return a rating in points: ``3`` or ``3½``."""
    whole, half = divmod(round(rating * 2), 2)
    return f"{whole or ''}½" if half else str(whole)


def clock(seconds: int) -> str:
    """Return seconds as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def _rung(names: tuple[str, ...], number: int) -> str:
    return f"{number} {names[number]}"


def _maybe(names: tuple[str, ...], number: int) -> str:
    return _rung(names, number) if number >= 0 else "no such turn"


def _percent(number: int) -> str:
    return f"{number} percent" if number >= 0 else "no ground to say"


def _gap(number: int | None) -> str:
    return "–" if number is None else f"{'−' if number < 0 else '+'}{abs(number)} points"  # noqa: RUF001
