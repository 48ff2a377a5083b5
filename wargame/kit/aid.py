"""The player aid: what a sheet costs, what a check asks, ten words. The sentences are rules.md's; the numbers are the box's."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from wargame.export import words
from wargame.rules.box import Box

GLOSSARY: Final = (
    ("Dyad", "Two capitals that face each other, on one rung."),
    ("Firebreak", "The line between two zones, crossed with one die for the whole exercise."),
    ("Influence", "What a capital spends on orders each turn."),
    ("Face", "Standing, at home and abroad; the currency of stepping down."),
    ("Reply", "A sealed order with a trigger."),
    ("Declaration", "A threat said aloud or quietly: trigger and deed."),
    ("Permission", "What a partner may do with the reach it was given."),
    ("Weakest link", "The lowest of capability, will and free."),
    ("Press on", "To take a step that the dice deter, and pay for it."),
    ("Off-ramp", "Any way down that costs less than going on: a step down or a landing."),
)
"""The ten words a table cannot do without, as the glossary of rules.md has them."""

LINKS: Final = (
    ("capability", "the means are there"),
    ("will", "its owner wants to"),
    ("free", "its owner may"),
    ("clarity", "it was understood"),
    ("cost", "what it would cost the one who is threatened"),
)
"""The five links of a threat (rule 6.1)."""


class Aid(Struct, frozen=True):
    """What varies on a player aid from one box to another. Prices are in influence, in words."""

    prices: tuple[tuple[str, str], ...]
    pressures: tuple[tuple[str, str], ...]
    restraints: tuple[tuple[str, str], ...]
    threats: tuple[tuple[str, str], ...]
    press: str
    press_nerve: str
    press_least: str
    moves: tuple[tuple[str, int, int], ...]
    save: int
    refund: int
    most_concessions: int
    faith_face: int
    faith_assure: str
    beliefs: int
    risk: int
    risk_most: int
    downs: tuple[tuple[str, int], ...]
    landings: tuple[tuple[str, str], ...]
    has_patron: bool


def aid(box: Box) -> Aid:
    """Return the numbers of a player aid."""
    book = box.rulebook
    described = [(name, words.TERMS.get(name, "")) for name in (*box.pressures, "nerve", *box.restraints, *box.slots)]
    pressures = len(box.pressures) + 1
    return Aid(
        prices=_prices(box),
        pressures=tuple(described[:pressures]),
        restraints=tuple(described[pressures : pressures + len(box.restraints)]),
        threats=tuple(described[pressures + len(box.restraints) :]),
        press=_press(book.press_percent, book.press_face),
        press_nerve=words.points(book.press_nerve / 2),
        press_least=words.points(book.press_least_nerve / 2),
        moves=tuple((capital.name, capital.orders, capital.income) for capital in box.capitals),
        save=book.save,
        refund=book.refund_percent,
        most_concessions=book.talks_most_concessions,
        faith_face=book.break_faith_face,
        faith_assure=words.points(book.break_faith_assure / 2),
        beliefs=book.belief_points,
        risk=book.risk_percent,
        risk_most=book.risk_most,
        downs=tuple((zone.name, zone.down_face) for zone in box.ladder.zones[1:]),
        landings=tuple((landing.name, landing.text) for landing in box.ladder.landings),
        has_patron=any(dyad.is_local and dyad.patron for dyad in box.dyads),
    )


def _prices(box: Box) -> tuple[tuple[str, str], ...]:
    book = box.rulebook
    several = any(len(box.local_dyads(capital.id)) > 1 for capital in box.capitals)
    found = [
        ("a climb", str(book.climb_cost)),
        ("a jump", str(book.jump_cost)),
        ("a step down, talks, a permission, a priority", "0"),
        ("a measure", "its price"),
        *([("a measure outside the theatre you put first", f"its price and {book.elsewhere_cost}")] if several else []),
        ("a reply with a climb", str(book.reply_cost)),
        ("a reply with a measure", f"its price and {book.reply_cost}"),
        ("sinking costs, at the signal", str(book.signal_cost)),
        ("an order outside the list", str(book.argue_cost)),
        ("a sheet handed in late", str(book.late_cost)),
    ]
    return tuple(found)


def _press(percents: tuple[int, ...], faces: tuple[int, ...]) -> str:
    """Return the face pressing on costs by how strongly the staff advise against it (rule 6.8)."""
    steps = [f"{face} up to {most} percent" for most, face in zip(percents, faces, strict=False)]
    return ", ".join([*steps, f"{faces[-1]} above"])
