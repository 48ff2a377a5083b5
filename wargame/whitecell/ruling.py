"""The ruling card: everything a white cell needs to rule on a challenge whose dice lie on the table, and to read it out.

What each ruling would bring is a trial (:mod:`wargame.whitecell.trial`): dice that are still to be thrown after it are
named and not thrown. The card of an order outside the list is beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from wargame.export import words, working
from wargame.export.witnessed import is_said, said
from wargame.rules import events as fact
from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.events import ChallengeResolved, ChallengeRolled, Event
from wargame.rules.flips import flips, ratings_of
from wargame.rules.ladder import Step
from wargame.rules.legal import is_answering, is_step
from wargame.rules.orders import Climb
from wargame.rules.resolve import climb
from wargame.rules.state import State
from wargame.rules.table import Table
from wargame.rules.tracks import Change
from wargame.rules.view import PUBLIC, visible
from wargame.rules.witness import cut, witness
from wargame.whitecell.trial import Likelier

_STILL_THROWN: Final = (fact.TestThrown, fact.BlowStruck)


class Rule(Struct, frozen=True):
    """A rule that applies here: its number in rules.md and what it says of this case."""

    number: str
    text: str


class ReadOut(Struct, frozen=True):
    """What one team may be told, to read aloud to it, and what it must not be told."""

    capital: str
    told: tuple[str, ...]
    withheld: tuple[str, ...]


class Choice(Struct, frozen=True):
    """One ruling. ``taken`` as in the command ``Rule``: None lets things stand.

    ``is_taken``: whether the step is taken then; ``why_not``: why the mode forbids it, or empty; ``needs_reason``: it
    overrules, so a reason is mandatory; ``moves``: what it moves, in words; ``thrown``: dice that fall after it.
    """

    taken: bool | None
    title: str
    is_taken: bool
    why_not: str
    needs_reason: bool
    moves: tuple[str, ...]
    thrown: tuple[str, ...]
    public: tuple[str, ...]
    teams: tuple[ReadOut, ...]


class RulingCard(Struct, frozen=True):
    """The card. ``check`` holds the bare numbers, for bars; ``over`` is how far the die lies above the percentage.

    ``mandatory`` says what must be given, ``flips`` which single ratings would have turned the dice.
    """

    check: ChallengeRolled
    step: str
    rules: tuple[Rule, ...]
    estimate: str
    terms: tuple[str, ...]
    threats: tuple[str, ...]
    weakest: str
    dice: str
    over: int
    recommendation: str
    mandatory: str
    flips: tuple[str, ...]
    choices: tuple[Choice, ...]


def ruling_card(box: Box, state: State) -> RulingCard:
    """Return the card of the challenge that waits. Raises LookupError if none does."""
    rolled = state.pending
    if not isinstance(rolled, ChallengeRolled):
        raise LookupError("no challenge waits for a ruling")
    otherwise = climb.taken_unless_ruled(_table(box, state), rolled)
    choices = tuple(_choice(box, state, rolled, taken, otherwise) for taken in (None, True, False))
    return RulingCard(
        rolled,
        working.step(box, rolled),
        tuple(_rules(box, state, rolled)),
        working.estimate(box, rolled),
        tuple(working.terms(rolled)),
        tuple(working.threats(box, rolled)),
        working.weakest_link(box, rolled),
        _dice(rolled),
        rolled.die - rolled.percent,
        _recommendation(state, rolled, otherwise),
        _mandatory(state),
        tuple(_flips(box, rolled)),
        choices,
    )


def _table(box: Box, state: State) -> Table:
    return Table(box, state, Likelier())


_WORDS: Final = ((20, "very unlikely"), (46, "unlikely"), (56, "about even"), (81, "likely"), (101, "very likely"))
"""Words beside a percentage: each holds below its number (rule 6.10)."""


def likelihood(percent: int) -> str:
    """Return the word the rules put beside a percentage."""
    return next(word for below, word in _WORDS if percent < below)


def _dice(rolled: ChallengeRolled) -> str:
    crossed = f' on the firebreak "{rolled.firebreak}"' if rolled.firebreak else ""
    over = rolled.die - rolled.percent
    lies = f"{over} above it: by the dice the step is taken" if over > 0 else (
        f"{-over} below it: by the dice the step is not taken" if over else "just on it: by the dice the step is not taken"
    )  # fmt: skip
    return f"The dice{crossed} show {rolled.die} against {rolled.percent}, {lies}."


def _recommendation(state: State, rolled: ChallengeRolled, otherwise: bool) -> str:
    comes = "the step is taken" if otherwise else "the step is not taken"
    if otherwise and rolled.die <= rolled.percent:
        comes = "its capital presses on and pays for it, so the step is taken"
    elif rolled.press_on and not otherwise:
        comes += "; its capital would press on but may not, or lacks the nerve"
    if state.setup.mode == climb.FREE:
        held = likelihood(rolled.percent)
        return f"The estimate advises: that the step is not taken is {held} ({rolled.percent} percent). By the dice {comes}."
    return f"Let things stand: {comes}."


def _mandatory(state: State) -> str:
    mode = state.setup.mode
    if mode == climb.RIGID:
        return "Nothing may be overruled: in rigid mode the dice bind everyone."
    if mode == climb.FREE:
        return "A reason is read out to all if you give one; a dissent stays with the white cell."
    return "To overrule, give a reason, which is read out to all; a dissent may be added and stays with the white cell."


def _flips(box: Box, rolled: ChallengeRolled) -> Iterator[str]:
    """Yield what would have turned the dice: single ratings, and the die itself."""
    other = "not taken" if rolled.die > rolled.percent else "taken"
    for flip in flips(box, box.theory[rolled.theory], ratings_of(box, rolled), rolled.die):
        threat, _, link = flip.name.rpartition(".")
        what = f'{words.LINKS.get(link, link)} of the threat "{threat}"' if threat else link
        yield f"{what} at {words.points(flip.new)}, not {words.points(flip.old)}: {flip.percent} percent, {other}"


def _rules(box: Box, state: State, rolled: ChallengeRolled) -> Iterator[Rule]:
    """Yield the rules that bear on a challenge, in the order of their numbers."""
    who, target = words.capital(box, rolled.challenger), words.capital(box, rolled.target)
    yield Rule("5.3", f"The step is put to the check from {who}'s point of view, as it believes things to be.")
    yield Rule("5.6", _MODES[state.setup.mode])
    yield Rule("6.4", f"A threat is believed no further than its lowest link. {working.weakest_link(box, rolled)}")
    if rolled.firebreak:
        kept = "one die for this challenger, dyad and firebreak, kept for the whole exercise"
        yield Rule("6.5", f'The step crosses the firebreak "{rolled.firebreak}": {kept}.')
    spent = [each for each in state.done if each[1] == f"{rolled.challenger}>{rolled.target}"]
    if spent:
        slots = words.listed(sorted({box.slots[slot] for _, _, slot in spent}))
        yield Rule("6.7", f"Already carried out, so counted at cost 1 at most: {slots}.")
    if is_answering(box, state.stacks, rolled.target, box.dyad[rolled.dyad].theatre):
        yield Rule("6.7", f"{who} answers an attack: {target}'s own threats count at cost 2 at most.")
    if rolled.press_on:
        yield Rule("6.8", f"{who} has sealed that it presses on if the dice deter it.")
    step = _step(box, rolled)
    if step is not None and not holds(step.permit, state.values):
        yield Rule("7.4", f"{who} goes on without its patron's word.")


_MODES: Final = {
    climb.RIGID: "Rigid: the dice bind everyone.",
    climb.SEMI_RIGID: "Semi-rigid: a capital may press on, and the white cell may overrule with a reason.",
    climb.FREE: "Free: the estimate advises and the white cell rules.",
}


def _step(box: Box, rolled: ChallengeRolled) -> Step | None:
    named = Climb(rolled.dyad, rolled.to)
    found = [s for s in box.steps_of.get(rolled.challenger, ()) if s.edge == rolled.edge and is_step(box, s, named)]
    return found[0] if found else None


def _choice(box: Box, state: State, rolled: ChallengeRolled, taken: bool | None, otherwise: bool) -> Choice:
    comes = otherwise if taken is None else taken
    overrules, mode = comes != otherwise, state.setup.mode
    table = _table(box, state)
    climb.rule(table, rolled, taken, "")
    events = tuple(_until_dice(table.events))
    return Choice(
        taken,
        _TITLES[taken],
        comes,
        "in rigid mode the dice bind everyone" if overrules and mode == climb.RIGID else "",
        overrules and mode == climb.SEMI_RIGID,
        tuple(filter(None, (_moved(box, event) for event in events))),
        tuple(_thrown(box, event) for event in table.events if isinstance(event, _STILL_THROWN)),
        tuple(_told(box, events, PUBLIC)),
        tuple(_read_out(box, (rolled, *events), rolled, capital.id) for capital in box.capitals),
    )


_TITLES: Final = {
    None: "let things stand, and who presses on press on",
    True: "rule that the step is taken",
    False: "rule that it is not taken",
}


def _until_dice(events: Sequence[Event]) -> Iterator[Event]:
    """Yield what follows for certain: neither dice still to be thrown nor what only they would bring."""
    for event in events:
        if isinstance(event, _STILL_THROWN) or (isinstance(event, fact.RungChanged) and event.cause == "test"):
            continue
        yield event


def _thrown(box: Box, event: Any) -> str:
    if isinstance(event, fact.BlowStruck):
        owner = words.capital(box, event.owner)
        return (
            f'A first blow on the means of {owner}\'s threat "{event.threat}": they survive on {event.percent} or less.'
        )
    text = event.text.rstrip(".") or event.test
    return f'The hazard "{text}": it comes about on {event.percent} or less.'


def _moved(box: Box, event: Event) -> str:
    """Return what an event does for certain, in one line."""
    if isinstance(event, fact.RungChanged):
        to = f"{words.dyad(box, event.dyad)} go to {words.rung(box, event.to)}"
        more = words.moved(box, event.changes)
        return f"{to}; {more}" if more else to
    return words.moved(box, getattr(event, "changes", ()))


def _told(box: Box, events: Sequence[Event], side: str) -> Iterator[str]:
    for event in events:
        seen = witness(box, event, side)
        if seen is not None and is_said(seen):
            yield from said(box, seen)


def _read_out(box: Box, events: Sequence[Event], rolled: ChallengeRolled, side: str) -> ReadOut:
    return ReadOut(side, tuple(_told(box, events, side)), tuple(_withheld(box, events, rolled, side)))


def _withheld(box: Box, events: Sequence[Event], rolled: ChallengeRolled, side: str) -> Iterator[str]:
    """Yield what this team must not be told."""
    if side != rolled.challenger:
        yield f"the terms, the percentage ({rolled.percent}) and the die ({rolled.die}) of the check"
    hidden: list[Change] = []
    for event in events:
        resolved = event if isinstance(event, ChallengeResolved) else None
        if resolved is not None and resolved.protected and "protected" in cut(box, event, side):
            yield f"that a patron's veto protected {words.capital(box, resolved.protected)}"
        changes: tuple[Change, ...] = getattr(event, "changes", ())
        shown = visible(box, changes, side)
        hidden += [change for change in changes if change not in shown]
    if hidden:
        yield f"what moves out of its sight ({words.moved(box, hidden)})"
    yield "any dissent within the white cell"
