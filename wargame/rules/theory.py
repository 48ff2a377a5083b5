"""A theory of deterrence: which terms weigh how much. Content chooses; the arithmetic is in ``deterrence.py``.

The presets illustrate schools of thought and are evidence for none of them.
"""

from __future__ import annotations

from msgspec import Struct


class Adjustment(Struct, frozen=True, gc=False):
    """The weight of one slot of threat counts ``percent`` of itself on steps to these rungs."""

    slot: int
    percent: int
    rungs: tuple[int, ...]


class Theory(Struct, frozen=True, gc=False):
    """Weights in whole thousandths, in the order of the box's terms.

    ``anchor``: percent that the average crisis is deterred; ``constant``: K in thousandths, computed from it when content
    is read; ``floor``: least credibility of a slot in thousandths; ``off``: tests that do not exist in this school's world;
    ``beside``: slots that are no part of the average crisis.
    """

    id: str
    name: str
    believes: str
    signature: tuple[str, ...]
    anchor: int
    constant: int
    pressure: tuple[int, ...]
    nerve: int
    restraint: tuple[int, ...]
    threat: tuple[int, ...]
    floor: tuple[int, ...]
    adjust: tuple[Adjustment, ...] = ()
    off: tuple[str, ...] = ()
    beside: tuple[int, ...] = ()
