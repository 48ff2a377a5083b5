"""The first page: what was played, by whom, how it went and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from wargame.export import words
from wargame.export.banner import branch_banner
from wargame.recorded import all_lines
from wargame.report.conduct import Conduct
from wargame.report.evidence import when
from wargame.report.figures import changes, crossing
from wargame.report.material import Material
from wargame.report.model import Overview, Row, Said, Seat
from wargame.rules import events as fact
from wargame.rules.events import Score

_ROLES = {"challenger": "challenger", "partner": "partner", "patron": "patron"}


def overview(m: Material, name: str) -> Overview:
    """Return the first page. ``name`` is the exercise file's, empty for none."""
    ended = m.ended
    event = ended.event if ended else None
    ending = next(
        (each for each in m.box.endings if isinstance(event, fact.ExerciseEnded) and each.id == event.ending), None
    )
    return Overview(
        rows=tuple(_rows(m, name)),
        seats=tuple(_seats(m)),
        summary=tuple(_summary(m)),
        ending=ending.name if ending else "",
        ending_text=ending.text if ending else "",
        outcomes=tuple(_outcomes(m)),
    )


def banners(m: Material) -> tuple[str, ...]:
    """Return what is printed large: a draft, a rehearsal, a branch and of what, an exercise that has not ended."""
    found = ["DRAFT"]
    started = next((row.event for row in m.seen.rows if isinstance(row.event, fact.ExerciseStarted)), None)
    if isinstance(started, fact.ExerciseStarted) and started.rehearsal:
        found.append("REHEARSAL")
    if branch := branch_banner((row.event for row in m.counted), named=not m.pseudonyms):
        found.append(branch)
    if m.seen.open:
        found.append("NOT ENDED")
    return tuple(found)


def seated(m: Material) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the capitals in human hands at the end, and the doctrines of all as far as they are known."""
    played: tuple[str, ...] = ()
    doctrines: dict[str, str] = {}
    for row in m.counted:
        if isinstance(row.event, (fact.ExerciseStarted, fact.Branched)):
            played, doctrines = row.event.played, dict(row.event.doctrines)
    return played, doctrines


def _rows(m: Material, name: str) -> Iterator[Row]:
    box, header = m.box, m.recorded.header
    scenario, dates = box.scenario, _dates(m)
    yield Row("Exercise name", scenario.title + (f" ({name})" if name else ""))
    yield Row("Exercise dates", dates, blank=not dates)
    yield Row("Scope", _scope(m))
    yield Row("Mission area", "", blank=True)
    yield Row("Core capabilities", "", blank=True)
    yield Row("Objectives", scenario.question or "", blank=not scenario.question)
    yield Row("Threat or hazard", "A crisis between states that may be deterred or may climb; no forecast of one.")
    yield Row("Scenario", scenario.situation)
    yield Row(
        "Theory", f"{words.theory(box, header.theory)}. It illustrates a school of thought and is evidence for none."
    )
    yield Row("Adjudication", _adjudication(m))
    yield Row("Turns", _turns(m))
    yield Row("Sponsor", "", blank=True)
    yield Row("Participating organisations", "", blank=True)
    yield Row("Point of contact", "", blank=True)
    yield Row("Handling instructions", "", blank=True)
    if m.for_white_cell:
        yield Row("Record", _record(m))


def _scope(m: Material) -> str:
    played, _ = seated(m)
    hands = f"{words.capitals(m.box, played)} in human hands" if played else "no capital in human hands"
    others = len(m.box.capitals) - len(played)
    unplayed = f"; {words.many(others, 'capital')} by doctrine" if others else ""
    return f"Tabletop deterrence exercise, {words.many(len(m.box.capitals), 'capital')}: {hands}{unplayed}."


def _adjudication(m: Material) -> str:
    begun = [row.event for row in m.counted if isinstance(row.event, (fact.ExerciseStarted, fact.Branched))]
    cell = any(event.white_cell for event in begun if isinstance(event, (fact.ExerciseStarted, fact.Branched)))
    return f"{m.recorded.header.mode.capitalize()}, {'with' if cell else 'without'} a white cell."


def _turns(m: Material) -> str:
    planned = m.recorded.header.turns
    for row in m.counted:
        if isinstance(row.event, fact.TurnsSet):
            planned = row.event.turns
    text = f"{m.turns} of {planned} turns of {m.box.scenario.turn_length} from {words.date(m.box.scenario.begins)}"
    return words.sentence(text if not m.seen.open else f"{text}; the exercise has not ended")


def _dates(m: Material) -> str:
    """Return the days on which it was played; nothing where no clock was kept or pseudonyms are asked for."""
    clocks = [each for each in (when(row.at) for row in m.seen.rows if row.at) if each is not None]
    if not clocks:
        return ""
    first, last = min(clocks), max(clocks)
    if m.pseudonyms:
        return f"Left out; {round((last - first).total_seconds() / 60)} minutes from the first input to the last."
    start = _day(first)
    return start if first.date() == last.date() else f"{start} to {_day(last)}"


def _day(at: datetime) -> str:
    return words.date(at.date().isoformat())


def _record(m: Material) -> str:
    """Return what it takes to know the log again that the references count in."""
    header = m.recorded.header
    head = all_lines(m.recorded)[-1]
    parts = [
        f"{head.seq} events",
        f"rules {header.rules}",
        f"wargame {header.wargame}",
        f"content {header.content[:12]}",
    ]
    parts.append(f"last hash {head.hash[:12]}")
    if not m.pseudonyms:
        parts.append(f"seed {header.seed}")
    return words.sentence(", ".join(parts))


def _seats(m: Material) -> Iterator[Seat]:
    played, doctrines = seated(m)
    event = m.ended.event if m.ended else None
    scores: dict[str, Score] = {}
    if isinstance(event, fact.ExerciseEnded):
        scores = {score.capital: score for score in event.scores}
    for capital in m.box.capitals:
        score = scores.get(capital.id)
        reasons: tuple[str, ...] = ()
        if score is not None:
            lines = [words.sentence(f"{line.points} of {line.of}: {line.text}") for line in score.lines]
            reasons = (*lines, f"{score.beliefs} for judging what others declared.")
        how = doctrines.get(capital.id, "") if capital.id not in played else ""
        yield Seat(
            capital.name, _ROLES.get(capital.role, capital.role), capital.id in played, words.doctrine(m.box, how) if how else "",
            tuple(words.sentence(each) for each in capital.wants), score.total if score else -1, reasons,
        )  # fmt: skip


def _outcomes(m: Material) -> Iterator[Said]:
    for row in m.counted:
        event = row.event
        if isinstance(event, fact.ExerciseEnded):
            for theatre, outcome in event.outcomes:
                text = f"{words.theatre(m.box, theatre)}: {words.outcome(m.box, outcome)}."
                yield Said(text, (m.ref(row, text),))


def _summary(m: Material) -> Iterator[Said]:
    """Yield how it went in a few sentences, each with its evidence."""
    c = Conduct(m)
    checks = [met for met in m.checks if not met.row.undone]
    crossed = [row for row, event in changes(m) if crossing(m.box, event)]
    turns = words.many(m.turns, "turn")
    opened = c.of(fact.TurnOpened)
    yield Said(f"{turns.capitalize()} {'was' if m.turns == 1 else 'were'} played.", m.evidence.refs(opened[-1:]))
    if checks:
        held = sum(not met.is_taken for met in checks)
        steps = words.many(len(checks), "step").capitalize()
        text = f"{steps} {_were(len(checks))} put to the check; {held or 'none'} {_were(held or 1)} not taken."
        yield Said(text, m.evidence.refs(met.row for met in checks))
    if crossed:
        text = f"{words.many(len(crossed), 'firebreak').capitalize()} {_were(len(crossed))} crossed."
        yield Said(text, m.evidence.refs(crossed))
    said = c.of(fact.DeclarationMade)
    if said:
        due = c.of(fact.DeclarationDue)
        kept = sum(bool(getattr(row.event, "kept", False)) for row in due)
        made = words.many(len(said), "declaration").capitalize()
        fell = f"{len(due)} fell due, {kept} of them kept" if due else "none fell due"
        text = f"{made} {_were(len(said))} made; {fell}."
        yield Said(text, m.evidence.refs((*said, *due)))
    if m.ended is not None:
        yield Said(m.evidence.say(m.ended.event)[0], (m.ref(m.ended),))


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
