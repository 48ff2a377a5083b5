"""The state of an exercise: a pure value that only :mod:`wargame.rules.evolve` makes from another."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.rules.box import Hold
from wargame.rules.events import ArgumentOpened, ChallengeRolled, Paid
from wargame.rules.orders import Declaration, Sheet, Start
from wargame.rules.tracks import Change, Values

SETUP, UPDATE, SIGNAL, BELIEFS, ORDERS, ADJUDICATION, CONSEQUENCES, ENDED = (
    "setup", "update", "signal", "beliefs", "orders", "adjudication", "consequences", "ended",
)  # fmt: skip
PHASES: Final = (SETUP, UPDATE, SIGNAL, BELIEFS, ORDERS, ADJUDICATION, CONSEQUENCES, ENDED)
"""Phases in order. Beliefs belong to the phase of signals; they are asked for after the declarations are out."""

NOTHING, DRAFT, SEALED, PASSED = "nothing", "draft", "sealed", "pass"
"""States of a submission. A deliberate pass is not a missing order."""


class Paper(Struct, frozen=True, gc=False):
    """One capital's submission of this turn. ``digest`` commits to sheet and salt."""

    status: str = NOTHING
    sheet: Sheet = Sheet()
    salt: str = ""
    digest: str = ""


class Said(Struct, frozen=True, gc=False):
    """A declaration that stands. ``slot`` is the place of the threat it voices.

    ``id`` counts a capital's public declarations and, apart, those to each other capital (``a-1``, ``a-b-1``), so that it
    betrays none to those who have not heard it.
    ``pair`` is the sheet of the one who is warned; ``status``: ``open``, ``kept``, ``broken`` or ``withdrawn``.
    """

    id: str
    turn: int
    capital: str
    declaration: Declaration
    pair: str
    slot: int
    status: str = "open"


class Held(Struct, frozen=True, gc=False):
    """A belief a capital holds in a declaration."""

    capital: str
    declaration: str
    percent: int


class InTransit(Struct, frozen=True, gc=False):
    """A delivery on its way, the turns left in its counter track. ``changes`` are what being under way did."""

    capital: str
    measure: str
    target: str
    changes: tuple[Change, ...]


class Lapse(Struct, frozen=True, gc=False):
    """A passing change that is taken back at the update of turn ``turn``."""

    turn: int
    change: Change


class InForce(Struct, frozen=True, gc=False):
    """A standing effect that holds now and what it did."""

    id: str
    changes: tuple[Change, ...]


class Moved(Struct, frozen=True, gc=False):
    """A climb or step down of this turn, for reciprocity and quiet turns."""

    capital: str
    dyad: str
    severity: int


class State(Struct, frozen=True, dict=True):
    """One moment of an exercise. Tuples by dyad or capital are in the box's order.

    ``pending``: a challenge whose dice lie on the table, or an order to be argued, for the white cell to settle;
    ``withheld``: injects kept back, each until a turn or for good (0);
    ``waiting``: capitals whose input the present phase still lacks; ``signals``: declarations handed in but not announced;
    ``setup`` is public and names no doctrine, ``doctrines`` are by capital; ``prices``: what each move of this turn's
    sheets cost; ``done``: slots of threat carried out, as (owner, pair, slot); ``deeds``: measures carried out, as
    (capital, measure, target), to keep declarations.
    """

    values: Values
    setup: Start
    doctrines: tuple[tuple[str, str], ...]
    stacks: tuple[tuple[Hold, ...], ...]
    papers: tuple[Paper, ...]
    turn: int = 0
    phase: str = SETUP
    waiting: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    signals: tuple[tuple[str, tuple[Declaration, ...]], ...] = ()
    said: tuple[Said, ...] = ()
    asked_about: tuple[str, ...] = ()
    beliefs: tuple[Held, ...] = ()
    deliveries: tuple[InTransit, ...] = ()
    lapses: tuple[Lapse, ...] = ()
    in_force: tuple[InForce, ...] = ()
    pending: ChallengeRolled | ArgumentOpened | None = None
    withheld: tuple[tuple[str, int], ...] = ()
    prices: tuple[Paid, ...] = ()
    moved: tuple[Moved, ...] = ()
    done: tuple[tuple[str, str, int], ...] = ()
    deeds: tuple[tuple[str, str, str], ...] = ()
    paused: tuple[tuple[str, int], ...] = ()
    used_on: int = 0
    ending: str = ""
    scores: tuple[tuple[str, int], ...] = ()
