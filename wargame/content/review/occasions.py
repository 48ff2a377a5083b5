"""Which moments can arise: those at which reactions are asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from wargame.content.review.possible import Possible
from wargame.rules.ladder import Step
from wargame.rules.legal import warned


class Occasions:
    """The moments of a scenario, judged by what is held possible when one asks."""

    def __init__(self, possible: Possible) -> None:
        self._possible, self._box = possible, possible.box

    def comes(self, key: str) -> bool:
        """Whether the moment of a key can arise."""
        moment, capital, dyad, slot = key.split("|")
        ask = self._occasions.get(moment)
        return True if ask is None else ask(capital, dyad, slot)

    @cached_property
    def _occasions(self) -> dict[str, Callable[[str, str, str], bool]]:
        declared = dict.fromkeys(("tie-hands", "sink-costs", "quiet", "kept", "broken"), self._can_declare)
        moved = dict.fromkeys(
            ("climbed", "deterred", "pressed-on", "matched", "overmatched", "ignored"), self._can_climb
        )
        bound = dict.fromkeys(("permission-raised", "permission-lowered", "vetoed"), self._has_bond)
        return {
            **declared,
            **moved,
            **bound,
            "jumped": lambda capital, dyad, _: self._takes(capital, dyad, lambda step: step.type == "jump"),
            "seized": lambda capital, dyad, _: self._takes(capital, dyad, self._marked("seizure")),
            "war-opened": lambda capital, dyad, _: self._takes(capital, dyad, self._marked("war")),
            "stepped-down": lambda _, dyad, __: self._possible.rungs(dyad) & (self._possible.rungs(dyad) - 1) != 0,
            "conceded": lambda _, dyad, __: any(where == dyad for _, where in self._possible.landings),
            "held": lambda _, dyad, __: self._at_war(dyad),
            "lost-ground": lambda _, dyad, __: self._at_war(dyad),
            "neglected": lambda capital, _, __: len(self._box.local_dyads(capital)) > 1,
            "defied": lambda capital, dyad, _: self._takes(capital, dyad, lambda step: bool(step.permit)),
        }

    def _takes(self, capital: str, dyad: str, is_so: Callable[[Step], bool]) -> bool:
        steps = (self._box.steps[place] for place in self._possible.steps)
        return any(step.capital == capital and step.dyad == dyad and is_so(step) for step in steps)

    def _marked(self, mark: str) -> Callable[[Step], bool]:
        return lambda step: mark in self._box.ladder.rungs[step.target].marks

    def _can_climb(self, capital: str, dyad: str, _: str) -> bool:
        """Whether a capital climbs in a dyad, or the other party does and it is the one that answers."""
        return (
            any(self._box.steps[place].dyad == dyad for place in self._possible.steps)
            and capital in self._box.dyad[dyad].parties
        )

    def _has_bond(self, capital: str, dyad: str, _: str) -> bool:
        return self._box.dyad[dyad].patron == capital

    def _at_war(self, dyad: str) -> bool:
        rungs = self._box.ladder.rungs
        return any("war" in rung.marks and self._possible.is_reached(dyad, number) for number, rung in enumerate(rungs))

    def _can_declare(self, capital: str, dyad: str, slot: str) -> bool:
        return (capital, dyad, slot) in self._declarations

    @cached_property
    def _declarations(self) -> set[tuple[str, str, str]]:
        """Who may speak of which slot of threat in which dyad: a threat must be its own, or its partner's (rule 10.1)."""
        found = set()
        for dyad in self._box.dyads:
            for capital in self._box.capital:
                against = warned(self._box, capital, dyad.id)
                pair = self._box.pair.get(f"{against}>{dyad.other(against)}")
                partners = {each.partner for each in self._box.local_dyads(capital)}
                for threat in pair.threats if pair else ():
                    if threat.owner == capital or threat.owner in partners:
                        found.add((capital, dyad.id, self._box.slots[threat.slot]))
        return found
