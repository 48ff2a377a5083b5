"""A doctrine at the table: content says what it prefers, this module chooses from what is legal.

Every choice is a pure function of the view, the doctrine and dice addressed by purpose, so that the same exercise gives the
same choices whoever else was asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from wargame.rules.box import Box
from wargame.rules.conditions import holds
from wargame.rules.deterrence import credibility, log_odds, percent_of, ratings
from wargame.rules.dice import Dice
from wargame.rules.doctrines import Doctrine, Preference
from wargame.rules.ladder import Step
from wargame.rules.legal import Legal, declaration_faults, is_answering, legal, price, why_no_reply
from wargame.rules.orders import (
    Belief,
    Believe,
    Choose,
    Climb,
    Command,
    Declaration,
    Dial,
    Move,
    Pass,
    Reply,
    Seal,
    Sheet,
    Signal,
    StepDown,
    Take,
    Terms,
)
from wargame.rules.view import Heard, View

T = TypeVar("T", Terms, Dial)

Wish = tuple[int, str]
"""How much something is wished for, in hundredths of a weight, and the line that says why."""


def answer(box: Box, view: View, kind: str, doctrine: str, dice: Dice) -> Command:
    """Return what this doctrine answers to what is owed: ``choose``, ``signal``, ``believe`` or ``orders``.

    Raises KeyError for any other kind or an unknown doctrine.
    """
    return {"choose": choose, "signal": signal, "believe": believe, "orders": order}[kind](
        box, view, box.doctrine[doctrine], dice
    )


def choose(box: Box, view: View, doctrine: Doctrine, dice: Dice) -> Command:
    """Answer a card: the open option its words lean to most, the default if none stands out."""
    card = box.card[view.asked]
    leans = dict(doctrine.leans)
    purse = view.raw(box, f"{view.side}.influence")
    best, best_worth = card.options[card.default], 0
    for place, option in enumerate(card.options):
        if option.cost > purse or not holds(option.when, view.values):
            continue
        worth = 100 * sum(leans.get(word, 0) for word in option.leans) - 50 * option.cost
        worth += _whim(dice, doctrine, view, "card", card.id, option.id)
        if place == card.default:
            worth += 50
        if worth > best_worth or (place == card.default and best is option and worth >= best_worth):
            best, best_worth = option, worth
    words = [word for word in best.leans if leans.get(word, 0) > 0]
    why = f"{best.label}: it leans to: {', '.join(words)}." if words else f"{best.label}: nothing speaks for more."
    return Choose(view.side, best.id, (why,))


def _whim(dice: Dice, doctrine: Doctrine, view: View, *purpose: str) -> int:
    """Return what temperament adds to a wish, in hundredths: up to ``noise`` either way."""
    if not doctrine.noise:
        return 0
    return (dice.percent("doctrine", view.side, view.turn, *purpose) - 50) * 2 * doctrine.noise


def signal(box: Box, view: View, doctrine: Doctrine, dice: Dice) -> Command:  # noqa: ARG001 - one signature for all answers
    """Declare what the doctrine has to say and has not said yet, one in public and one quietly."""
    given: list[Declaration] = []
    why: list[str] = []
    for saying in doctrine.declare:
        spoken = Declaration(saying.kind, saying.dyad, box.ladder.rungs[saying.rung].id, saying.deed, saying.to)
        if any(bool(each.to) == bool(spoken.to) for each in given) or _has_said(view, spoken):
            continue
        if holds(saying.when, view.values) and not declaration_faults(box, view, spoken):
            given.append(spoken)
            why.append(saying.why)
    return Signal(view.side, tuple(given), tuple(why))


def _has_said(view: View, spoken: Declaration) -> bool:
    return any(
        heard.capital == view.side and (heard.declaration.dyad, heard.declaration.deed) == (spoken.dyad, spoken.deed)
        for heard in view.heard
    )


def believe(box: Box, view: View, doctrine: Doctrine, dice: Dice) -> Command:
    """Believe a declaration as far as the threat it voices is credible in this capital's eyes."""
    beliefs = []
    for heard in view.heard:
        if heard.id in view.asked_about:
            percent = _credible(box, view, heard) // 10 + _whim(dice, doctrine, view, "belief", heard.id) // 20
            beliefs.append(Belief(heard.id, max(0, min(100, percent))))
    return Believe(view.side, tuple(beliefs))


def _credible(box: Box, view: View, heard: Heard) -> int:
    pair = box.pair[heard.pair]
    spoken = heard.declaration
    read = ratings(box, view.assessed(box), pair, box.rung_number[spoken.rung], view.done)
    found = [
        credibility(t.capability, t.will, t.free, t.clarity)
        for t in read.threats
        if t.slot == heard.slot and (t.owner == heard.capital or isinstance(spoken.deed, Dial))
    ]
    return max(found, default=0)


class _Wishes:
    """What a doctrine wishes now: every preference whose conditions hold, weights added up."""

    def __init__(self, box: Box, view: View, doctrine: Doctrine, dice: Dice) -> None:
        self.moves: dict[Move, Wish] = {}
        self.replies: dict[Reply, Wish] = {}
        self.terms: dict[Terms, Wish] = {}
        self.dials: dict[Dial, Wish] = {}
        self.priorities: dict[str, Wish] = {}
        self._box, self._view, self._doctrine, self._dice = box, view, doctrine, dice
        self.legal: Legal = legal(box, view)
        for preference in doctrine.prefer:
            if holds(preference.when, view.values):
                self._add(preference)

    def _add(self, wished: Preference) -> None:
        if wished.move is not None:
            for move in self._moves(wished):
                _sum(self.moves, move, wished)
        elif wished.reply is not None:
            if not why_no_reply(self._box, self._view, wished.reply):
                _sum(self.replies, wished.reply, wished)
        elif wished.terms is not None:
            if (wished.terms.dyad, wished.terms.landing) in self.legal.talks:
                _sum(self.terms, wished.terms, wished)
        elif wished.dial is not None:
            dial = self._toward(wished.dial)
            if dial is not None:
                _sum(self.dials, dial, wished)
        elif wished.priority in self.legal.priorities:
            _sum(self.priorities, wished.priority, wished)

    def _moves(self, wished: Preference) -> list[Move]:
        """Return the legal moves a wish names: one, or for "any" the climbs of a dyad, unless the staff advises against."""
        move = wished.move
        if isinstance(move, Take):
            here = any((a.measure, a.target) == (move.measure, move.target) for a in self.legal.actions)
            return [move] if here else []
        if isinstance(move, StepDown):
            return [move] if move.dyad in self.legal.step_downs else []
        if not isinstance(move, Climb):
            return []
        rungs = self._box.ladder.rungs
        found: list[Move] = []
        for step in self.legal.steps:
            if step.dyad == move.dyad and move.to in ("", rungs[step.target].id):
                if wished.below < 100 and self._deterred(step) >= wished.below:
                    continue
                found.append(Climb(step.dyad, rungs[step.target].id, defy=move.defy))
                if not move.to:
                    break
        return found

    def _deterred(self, step: Step) -> int:
        box, view = self._box, self._view
        dyad = box.dyad[step.dyad]
        pair = box.pair[f"{step.capital}>{dyad.other(step.capital)}"]
        answering = is_answering(box, view.stacks, pair.target, dyad.theatre)
        read = ratings(box, view.values, pair, step.target, view.done, answering)
        return percent_of(log_odds(read, box.theory[view.setup.theory]))

    def _toward(self, dial: Dial) -> Dial | None:
        """Return the legal dial one word nearer to the one wished, or None where it stands already."""
        words = self._box.track[f"{self._view.side}>{dial.partner}.permission.true"].words
        now = self._view.raw(self._box, f"{self._view.side}>{dial.partner}.permission.true")
        gap = words.index(dial.permission) - now
        return Dial(dial.partner, words[now + (1 if gap > 0 else -1)], dial.announced) if gap else None

    def ranked(self) -> list[tuple[int, Move | Reply, str]]:
        """Return moves and replies by how much they are wished, most first."""
        found: list[tuple[int, Move | Reply, str]] = []
        for thing, (worth, why) in [*self.moves.items(), *self.replies.items()]:
            whim = _whim(self._dice, self._doctrine, self._view, "order", str(thing)) if self._doctrine.noise else 0
            if worth + whim > 0:
                found.append((worth + whim, thing, why))
        found.sort(key=lambda each: -each[0])
        return found


def _sum(wishes: dict[Any, Wish], thing: Any, wished: Preference) -> None:
    worth, why = wishes.get(thing, (0, ""))
    wishes[thing] = (worth + 100 * wished.weight, why or wished.why)


def order(box: Box, view: View, doctrine: Doctrine, dice: Dice) -> Command:
    """Fill a sheet with what is wished most, as far as slots and influence go; pass if nothing is wished."""
    wishes = _Wishes(box, view, doctrine, dice)
    why: list[str] = []
    priority = _most(wishes.priorities, why)
    ranked = wishes.ranked()
    if not priority and wishes.legal.priorities:
        priority = _theatre_of_first(box, view, ranked) or wishes.legal.priorities[0]
    moves, reply = _fill(box, view, ranked, priority, doctrine, dice, why)
    talks = tuple(_best_by(wishes.terms, lambda terms: terms.dyad, why))
    dials = tuple(_best_by(wishes.dials, lambda dial: dial.partner, why))
    sheet = Sheet(moves=moves, reply=reply, talks=talks, dials=dials, priority=priority)
    if sheet in (Sheet(), Sheet(priority=priority)):
        return Pass(view.side, "", ("Nothing it wishes for is open now.",))
    return Seal(view.side, sheet, "", tuple(why))


def _most(wishes: dict[str, Wish], why: list[str]) -> str:
    best = max(wishes.items(), key=lambda each: each[1][0], default=None)
    if best is None or best[1][0] <= 0:
        return ""
    why.append(best[1][1])
    return best[0]


def _best_by(wishes: dict[T, Wish], group: Callable[[T], str], why: list[str]) -> list[T]:
    """Return the most wished thing of each group: one set of terms a dyad, one permission a partner."""
    best: dict[str, tuple[int, T, str]] = {}
    for thing, (worth, line) in wishes.items():
        name = group(thing)
        if worth > 0 and worth > best.get(name, (0, thing, ""))[0]:
            best[name] = (worth, thing, line)
    why.extend(line for _, _, line in best.values())
    return [thing for _, thing, _ in best.values()]


def _theatre_of_first(box: Box, view: View, ranked: list[tuple[int, Move | Reply, str]]) -> str:
    for _, thing, _ in ranked:
        if isinstance(thing, Take):
            theatre = box.action[(view.side, thing.measure, thing.target)].theatre
            if theatre:
                return theatre
        elif isinstance(thing, Climb):
            return box.dyad[thing.dyad].theatre
    return ""


def _fill(
    box: Box,
    view: View,
    ranked: list[tuple[int, Move | Reply, str]],
    priority: str,
    doctrine: Doctrine,
    dice: Dice,
    why: list[str],
) -> tuple[tuple[Move, ...], Reply | None]:
    """Take what is wished most while slots and influence last."""
    left = view.raw(box, f"{view.side}.influence")
    slots = box.capital[view.side].orders
    moves: list[Move] = []
    reply: Reply | None = None
    for _, thing, line in ranked:
        cost = _price(box, view, thing, priority)
        if cost > left:
            continue
        if isinstance(thing, Reply):
            if reply is None:
                reply, left = thing, left - cost
                why.append(line)
        elif len(moves) < slots and not _clashes(box, view, moves, thing):
            if (
                isinstance(thing, Climb)
                and dice.percent("press on", view.side, view.turn, thing.dyad) <= doctrine.press_on
            ):
                thing = Climb(thing.dyad, thing.to, press_on=True, defy=thing.defy)  # noqa: PLW2901
            moves.append(thing)
            left -= cost
            why.append(line)
    return tuple(moves), reply


def _price(box: Box, view: View, thing: Move | Reply, priority: str) -> int:
    """Return what one thing costs, as a sheet with nothing else on it would."""
    if isinstance(thing, Reply):
        return price(box, view, Sheet(reply=thing, priority=priority))
    return price(box, view, Sheet(moves=(thing,), priority=priority))


def _clashes(box: Box, view: View, moves: list[Move], move: Move) -> bool:
    """Whether a move repeats or contradicts one that is on the sheet already."""
    for other in moves:
        if isinstance(move, (Climb, StepDown)) and isinstance(other, (Climb, StepDown)):
            if move.dyad == other.dyad:
                return True
        elif isinstance(move, Take) and isinstance(other, Take):
            first = box.action[(view.side, move.measure, move.target)]
            second = box.action[(view.side, other.measure, other.target)]
            if move == other or (
                move.target == other.target and (other.measure in first.excludes or move.measure in second.excludes)
            ):
                return True
    return False
