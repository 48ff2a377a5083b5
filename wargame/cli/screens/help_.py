"""Help: what works at every prompt and what the words mean."""

from __future__ import annotations

from wargame.cli.desk import Desk
from wargame.export.words import TERMS

_COMMANDS = (
    ("?", "this help"),
    ("l", "the ladder from here: who may climb where, and the ways down"),
    ("e N", "the staff estimate of order N before you seal it; e alone: of the steps your staff watch"),
    ("why", "what has happened since the orders were opened last, and why"),
    ("who", "who you are, what you want, what you can do"),
    ("u", "undo: back to the draft before this one (in the orders)"),
    ("s", "save and leave; everything is on disk already. q does the same, and so does the end of input"),
)
_WORDS = (
    ("held back", "A climb is checked: the climber's own staff put a chance on its being held back, and dice decide."),
    ("press on", "A capital that was held back may take the step all the same, and pays in nerve and face."),
    ("firebreak", "A line between zones of the ladder. Its dice are thrown once for the whole exercise."),
    ("reply", "A sealed order of the kind: if they stand there, we do this."),
    ("permission", "What a patron lets its partner do with what it was given; without it a threat convinces nobody."),
    ("on its way", "What has been ordered and not arrived deters nobody and may hurry the other side."),
    ("face", "Standing. Concessions, steps down and broken words cost it."),
    ("lock in", "How far a capital has bound itself in public. To go back on that costs so much face."),
    (
        "weakest link",
        "A threat is a chain of capability, will, freedom to act and clarity, no stronger than its weakest.",
    ),
)


def show(desk: Desk) -> None:
    """Show what may be typed at every prompt and what the words mean."""
    page = desk.page
    page.heading("At every prompt")
    for word, meaning in _COMMANDS:
        page.text(meaning, label=f"{word:<5}")
    page.heading("Words")
    for word, meaning in _WORDS:
        page.text(meaning, label=f"{word:<14}")
    page.heading("What an estimate adds up", "threats: own, econ, mil, nuc")
    for word, meaning in TERMS.items():
        page.text(meaning, label=f"{word:<14}")
