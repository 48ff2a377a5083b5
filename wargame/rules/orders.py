"""What a capital may put on paper, and the commands that carry it to the rules.

A *sheet* is one capital's orders for one turn. A *command* is one accepted input; the journal keeps every command with the
events that followed from it, so that a recorded exercise can be replayed and compared step by step.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

KINDS: Final = ("tie-hands", "sink-costs", "quiet")
"""Kinds of declaration. Tying hands and sinking costs are public, a quiet message goes to one capital."""


class Take(Struct, frozen=True, gc=False, tag="measure"):
    """Order a measure, for a target capital where the measure names one."""

    measure: str
    target: str = ""


class Climb(Struct, frozen=True, gc=False, tag="climb"):
    """Climb in a dyad to a rung (by id).

    ``press_on``: take the step even if the dice deter (rule 6.8); ``defy``: even without the patron's permission (rule 7.4).
    """

    dyad: str
    to: str
    press_on: bool = False
    defy: bool = False


class StepDown(Struct, frozen=True, gc=False, tag="step-down"):
    """Give up the top rung of a dyad, which the capital must hold."""

    dyad: str


Move = Take | Climb | StepDown


class Dial(Struct, frozen=True, gc=False, tag="permit"):
    """Set a partner's permission. ``announced`` makes it public; otherwise only patron and partner know."""

    partner: str
    permission: str
    announced: bool = False


Deed = Climb | Take | Dial
"""What a declaration promises."""


class Reply(Struct, frozen=True, gc=False):
    """If this dyad stands at ``rung`` or above when the step of replies comes, do ``then``."""

    dyad: str
    rung: str
    then: Climb | Take


class Terms(Struct, frozen=True, gc=False):
    """Terms for talks in a dyad: the landing sought and the concessions offered (0 to 3, one face each)."""

    dyad: str
    landing: str
    concessions: int = 0


class Sheet(Struct, frozen=True, gc=False):
    """One capital's orders for one turn. ``note`` is the public line read out at the reveal, free text."""

    moves: tuple[Move, ...] = ()
    reply: Reply | None = None
    talks: tuple[Terms, ...] = ()
    dials: tuple[Dial, ...] = ()
    priority: str = ""
    break_faith: bool = False
    note: str = ""


class Declaration(Struct, frozen=True, gc=False):
    """A threat said aloud or quietly: if ``dyad`` reaches ``rung``, this capital does ``deed``. ``to`` is for quiet ones."""

    kind: str
    dyad: str
    rung: str
    deed: Deed
    to: str = ""


class Belief(Struct, frozen=True, gc=False):
    """How likely, 0 to 100, a declaration (by its id) is to be carried out if it falls due."""

    declaration: str
    percent: int


class Start(Struct, frozen=True, gc=False, tag="start"):
    """Open the exercise. ``played`` are capitals in human hands; ``white_cell`` whether a person rules."""

    scenario: str
    theory: str
    mode: str
    turns: int
    played: tuple[str, ...] = ()
    doctrines: tuple[tuple[str, str], ...] = ()
    white_cell: bool = False


class Proceed(Struct, frozen=True, gc=False, tag="proceed"):
    """Nothing is owed by anyone: the table goes on."""


class Choose(Struct, frozen=True, gc=False, tag="choose"):
    """Answer a card."""

    capital: str
    option: str
    why: tuple[str, ...] = ()


class Signal(Struct, frozen=True, gc=False, tag="signal"):
    """A capital's declarations of this turn, none or up to one public and one quiet."""

    capital: str
    declarations: tuple[Declaration, ...] = ()
    why: tuple[str, ...] = ()


class Believe(Struct, frozen=True, gc=False, tag="believe"):
    """A capital's beliefs in the declarations it was asked about."""

    capital: str
    beliefs: tuple[Belief, ...] = ()


class Draft(Struct, frozen=True, gc=False, tag="draft"):
    """Keep an unfinished sheet. It binds nobody and may break rules."""

    capital: str
    sheet: Sheet


class Seal(Struct, frozen=True, gc=False, tag="seal"):
    """Seal a sheet. ``salt`` (hex) hides it behind its digest; empty takes one from the exercise's own chance."""

    capital: str
    sheet: Sheet
    salt: str = ""
    why: tuple[str, ...] = ()


class Pass(Struct, frozen=True, gc=False, tag="pass"):
    """Order nothing, on purpose."""

    capital: str
    salt: str = ""
    why: tuple[str, ...] = ()


class Rule(Struct, frozen=True, gc=False, tag="rule"):
    """The white cell's ruling on a challenge: the step is taken, or not; None lets dice and capitals have their way."""

    taken: bool | None = None
    reason: str = ""


Command = Start | Proceed | Choose | Signal | Believe | Draft | Seal | Pass | Rule
