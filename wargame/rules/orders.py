"""What a capital may put on paper, and the commands that carry it to the rules.

A *sheet* is one capital's orders for one turn. A *command* is one accepted input; the journal keeps every command with the
events that followed from it, so that a recorded exercise can be replayed and compared step by step.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import force_setattr

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
    """One capital's orders for one turn. ``note`` is the public line read out at the reveal, free text.

    ``argued`` is an order outside the printed list, in free text; where there is a white cell it is argued after the
    reveal (rule 15.7).
    """

    moves: tuple[Move, ...] = ()
    reply: Reply | None = None
    talks: tuple[Terms, ...] = ()
    dials: tuple[Dial, ...] = ()
    priority: str = ""
    break_faith: bool = False
    note: str = ""
    argued: str = ""


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
    """Open the exercise. ``played`` are capitals in human hands; ``white_cell`` whether a person rules.

    ``rehearsal``: it is a trial run, and every screen and page says so. ``minutes``: how long a seminar is meant to last,
    0 where nobody has said. ``decline``: marks of rungs that the table does not want to play; the exercise fades to the
    debrief before a dyad would come to stand on one (rule 11.5).
    """

    scenario: str
    theory: str
    mode: str
    turns: int
    played: tuple[str, ...] = ()
    doctrines: tuple[tuple[str, str], ...] = ()
    white_cell: bool = False
    rehearsal: bool = False
    minutes: int = 0
    decline: tuple[str, ...] = ()


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
    """The white cell's ruling on a challenge: the step is taken, or not; None lets dice and capitals have their way.

    ``reason`` is read out to all; ``dissent`` is a minority view within the white cell, kept for its record alone.
    """

    taken: bool | None = None
    reason: str = ""
    dissent: str = ""


class Shift(Struct, frozen=True, gc=False):
    """A change of one track: by so many points, up or down, or to a word (``to``) where the track has words."""

    track: str
    by: float = 0.0
    to: str = ""

    def __post_init__(self) -> None:
        force_setattr(self, "by", float(self.by))  # 1 and 1.0 are one change and are written alike


class CallTime(Struct, frozen=True, gc=False, tag="call-time"):
    """Time is called: a draft that could be sealed is taken as it stands, whoever has none is missing (rule 15.3).

    ``salt`` (hex) goes with each capital's name into the salts of what is closed; empty takes them from the exercise's own
    chance.
    """

    salt: str = ""


class Reopen(Struct, frozen=True, gc=False, tag="reopen"):
    """Give a capital its sheet back before the reveal: a late order after time was called, or one to be amended."""

    capital: str
    reason: str


class Inject(Struct, frozen=True, gc=False, tag="inject"):
    """Play a card of the box that has not been drawn, now. ``reason`` is the white cell's own."""

    card: str
    reason: str = ""


class Withhold(Struct, frozen=True, gc=False, tag="withhold"):
    """Keep a scheduled inject back: until turn ``until``, or for good (0)."""

    card: str
    until: int = 0
    reason: str = ""


class Improvise(Struct, frozen=True, gc=False, tag="improvise"):
    """Say what no card says, to all or to some capitals (``to``), and let it move tracks or take a dyad along an edge."""

    title: str
    text: str
    to: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()
    dyad: str = ""
    rung: str = ""


class Argue(Struct, frozen=True, gc=False, tag="argue"):
    """Settle an order outside the list that waits: with strong points for and against, by dice, vote or ruling.

    ``shifts`` are what it changes if it succeeds. ``yes`` and ``no`` count a vote; ``taken`` is a ruling, which needs a reason.
    """

    method: str
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    yes: int = 0
    no: int = 0
    taken: bool | None = None
    reason: str = ""
    shifts: tuple[Shift, ...] = ()


class Note(Struct, frozen=True, gc=False, tag="note"):
    """A line of the white cell's scribe. ``capital`` is whom it is about, if anyone."""

    kind: str
    text: str
    capital: str = ""


class Ask(Struct, frozen=True, gc=False, tag="ask"):
    """A team asks the white cell something. ``id`` is any name no earlier question has."""

    id: str
    capital: str
    text: str


class Answer(Struct, frozen=True, gc=False, tag="answer"):
    """The white cell's answer to a question; the last one counts."""

    id: str
    capital: str
    text: str


class Tell(Struct, frozen=True, gc=False, tag="tell"):
    """A capital has been told what it knows of the exercise's first ``upto`` inputs; a lower number takes that back."""

    capital: str
    upto: int


class SetClock(Struct, frozen=True, gc=False, tag="set-clock"):
    """Start, pause, resume, extend or stop the clock of a phase. ``seconds`` to run, or to add (may be negative)."""

    did: str
    seconds: int = 0


class SetTurns(Struct, frozen=True, gc=False, tag="set-turns"):
    """Let the exercise end after another number of turns than was planned."""

    turns: int
    reason: str


class Rewind(Struct, frozen=True, gc=False, tag="rewind"):
    """Go back to where the exercise stood after its first ``keeps`` inputs. Nothing is erased (rule 15.9)."""

    keeps: int
    reason: str


class Branch(Struct, frozen=True, gc=False, tag="branch"):
    """Go on from another exercise's past: ``parent`` is its name, ``head`` the hash of its last fact that counts here.

    ``played``, ``doctrines`` and ``white_cell`` say who sits where from now on, ``shifts`` what is otherwise than it was.
    """

    parent: str
    head: str
    played: tuple[str, ...] = ()
    doctrines: tuple[tuple[str, str], ...] = ()
    white_cell: bool = False
    shifts: tuple[Shift, ...] = ()
    text: str = ""


Command = (
    Start | Proceed | Choose | Signal | Believe | Draft | Seal | Pass | Rule | CallTime | Reopen | Inject | Withhold
    | Improvise | Argue | Note | Ask | Answer | Tell | SetClock | SetTurns | Rewind | Branch
)  # fmt: skip
