"""The escalation ladder: zones with firebreaks, rungs in order, typed edges between them, landings beside them.

A ladder is a directed graph; :mod:`wargame.graph` answers questions about it with networkx. What the rules need on
every turn, who may take which step now, is compiled into :class:`Step` values when content is read.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.rules.conditions import Conditions
from wargame.rules.effects import Effects

EDGE_TYPES: Final = ("up", "jump", "lateral", "horizontal", "wormhole")
"""Types an author may write. ``down`` steps and off-ramps follow from the stack of a dyad and from landings."""


NUCLEAR_USE: Final = "nuclear-use"
"""The mark of rungs on which a nuclear weapon is used."""


class Zone(Struct, frozen=True, gc=False):
    """A stretch of rungs. Entering it from below crosses ``firebreak`` (a name, or empty).

    ``down_face``: face a unilateral step down from here costs; ``offramp``: percentage points on talks held here;
    ``tokens``: risk tokens a turn spent here adds.
    """

    id: str
    name: str
    firebreak: str = ""
    down_face: int = 0
    offramp: int = 0
    tokens: int = 0


class Rung(Struct, frozen=True, gc=False):
    """One place on the ladder. Its number is its position in :attr:`Ladder.rungs`.

    ``threats``: slots of threats that answer a step to this rung; ``carries_out``: the slot of threat that standing here
    carries out, or empty; ``marks``: words the rules and conditions may ask for (``war``, ``seizure``, ``nuclear-use``,
    ``general-nuclear-war``, ``limited-force``); ``severity``: a coarse class after Rivera et al. 2024; ``within``: the kind
    of dyad that climbs here, ``local``, ``central`` or ``any``.
    """

    id: str
    name: str
    zone: int
    text: str
    real: str
    severity: int
    threats: tuple[int, ...]
    carries_out: str = ""
    marks: tuple[str, ...] = ()
    within: str = "any"


class Edge(Struct, frozen=True, gc=False):
    """A typed edge between two rungs (by number). ``who`` holds roles; empty means only events take it.

    ``start``: ``dyad`` or ``theatre`` (from where the whole theatre stands) or ``other-theatre``.
    """

    id: str
    type: str
    source: int
    target: int
    who: tuple[str, ...]
    start: str
    note: str = ""


class Landing(Struct, frozen=True, gc=False):
    """Where an off-ramp leads. ``outcome`` closes the theatre with that word; empty leaves it open.

    ``source``: rungs it may be reached from; ``undoes``: climbs of each side it takes back; ``pauses``: turns without
    climbs; ``stops_war``: no more tests of war; ``accept``: points on the percentage that an unplayed capital agrees.
    """

    id: str
    name: str
    text: str
    source: tuple[int, ...]
    accept: int = 0
    undoes: int = 0
    pauses: int = 0
    stops_war: bool = False
    outcome: str = ""


class Ladder(Struct, frozen=True, gc=False):
    """The whole ladder as content gives it. Rungs are in rising order."""

    id: str
    name: str
    zones: tuple[Zone, ...]
    rungs: tuple[Rung, ...]
    edges: tuple[Edge, ...]
    landings: tuple[Landing, ...]

    def number(self, rung: str) -> int:
        """Return the number of a rung's id. Raises KeyError if there is none."""
        for number, found in enumerate(self.rungs):
            if found.id == rung:
                return number
        raise KeyError(rung)

    def firebreak(self, source: int, target: int) -> int:
        """Return the zone whose firebreak a climb crosses, the highest if several; -1 if it crosses none."""
        low, high = self.rungs[source].zone, self.rungs[target].zone
        return high if high > low else -1


class Test(Struct, frozen=True, gc=False):
    """A hazard thrown with two ten-sided dice: on ``percent`` or less it goes wrong and ``fail`` applies.

    ``per`` adds points for each unit of a track (block, place, points per raw unit). ``drags`` is a rung the dyad is
    taken to, -1 for none.
    """

    id: str
    percent: int
    text: str
    fail: Effects = ()
    per: tuple[tuple[int, int, int], ...] = ()
    drags: int = -1


class Step(Struct, frozen=True, gc=False):
    """A climb one capital may take in one dyad, compiled from an edge: from where, at what price, under which conditions.

    ``cost`` is influence; ``when`` what must hold; ``permit`` the permission it needs of the patron (empty for none), apart
    from ``when`` so that it can be defied.
    """

    edge: str
    type: str
    capital: str
    dyad: str
    source: int
    target: int
    start: str
    cost: int
    when: Conditions = ()
    permit: Conditions = ()
    then: Effects = ()
    tests: tuple[Test, ...] = ()
