"""Effects of the content language, compiled: ``ADDRESS + - = ~ VALUE [for N]``.

``+`` and ``-`` add, ``=`` sets, ``~ N`` moves what is seen N steps of half a point toward what is true (``~ -N`` away).
Everything a card, measure, edge, landing or reaction does to the numbers of the game passes through
:func:`changes_of`, which clamps to the track's range and says what really moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from wargame.rules.tracks import Change, Ref, Values


class Effect(Struct, frozen=True, gc=False):
    """One sentence of effect on one track.

    ``amount`` is raw; ``op`` is ``+``, ``=`` or ``~``; ``lasting`` is in turns, 0 for good; ``toward`` is where the true
    value stands for ``~``.
    """

    address: str
    block: int
    place: int
    op: str
    amount: int
    low: int
    high: int
    lasting: int = 0
    toward: Ref | None = None


Effects = tuple[Effect, ...]


def _moved(effect: Effect, now: int, values: Values) -> int:
    if effect.op == "+":
        new = now + effect.amount
    elif effect.op == "=":
        new = effect.amount
    else:
        truth = now if effect.toward is None else values[effect.toward[0]][effect.toward[1]]
        gap = truth - now
        if effect.amount >= 0:
            step = min(effect.amount, abs(gap))
            new = now + step if gap > 0 else now - step
        else:
            new = now + effect.amount if gap > 0 else now - effect.amount
    return effect.low if new < effect.low else effect.high if new > effect.high else new


def changes_of(effects: Iterable[Effect], values: Values, turn: int) -> tuple[Change, ...]:
    """Return what ``effects`` really change, in order; effects that change nothing leave no trace.

    An effect on a track that an earlier one of the same call moved starts from there.
    """
    found: list[Change] = []
    fresh: dict[str, int] = {}
    for effect in effects:
        now = fresh.get(effect.address)
        if now is None:
            now = values[effect.block][effect.place]
        new = _moved(effect, now, values)
        if new != now:
            fresh[effect.address] = new
            found.append(Change(effect.address, now, new, turn + effect.lasting if effect.lasting else 0))
    return tuple(found)


def undone(changes: Sequence[Change], bounds: dict[str, tuple[int, int, int]]) -> tuple[Change, ...]:
    """Return the changes that take ``changes`` back, from the present values given in ``bounds``.

    ``bounds`` maps an address to its present value, low and high. What was moved since by others stays moved.
    """
    found: list[Change] = []
    fresh: dict[str, int] = {}
    for change in changes:
        now, low, high = bounds[change.address]
        now = fresh.get(change.address, now)
        new = min(high, max(low, now - (change.new - change.old)))
        if new != now:
            fresh[change.address] = new
            found.append(Change(change.address, now, new))
    return tuple(found)
