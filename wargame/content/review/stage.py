"""What a review has before it: everything that was read, the scenarios that were compiled, and how a finding is put."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from wargame.content.compile.binder import Binder
from wargame.content.compile.box import Compiled
from wargame.content.compile.frame import Frame
from wargame.content.library import Item, Library
from wargame.content.problems import Spot
from wargame.content.review.reach import Reach
from wargame.content.schema_rules import Track
from wargame.content.schema_scenario import Scenario
from wargame.content.strict import Thing
from wargame.rules.box import Box

Model = TypeVar("Model", bound=Thing)


class Finding(NamedTuple):
    """Something worth saying about content: where, which code, what, and what to do about it."""

    spot: Spot
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, eq=False)
class Stage:
    """One scenario as it was compiled, and what can come about in it. ``own``: on its own ladder, not one it has a remap for."""

    made: Compiled
    own: bool = True

    @property
    def box(self) -> Box:
        """The scenario's box."""
        return self.made.box

    @property
    def frame(self) -> Frame:
        """The scenario's fixed facts."""
        return self.made.frame

    @property
    def binder(self) -> Binder:
        """What binds sentences in this scenario."""
        return self.made.binder

    @property
    def table(self) -> Scenario:
        """The scenario's table."""
        return self.made.frame.scenario

    @property
    def library(self) -> Library:
        """Content as this scenario has it: its packs, its changes."""
        return self.made.frame.library

    @cached_property
    def reach(self) -> Reach:
        """What can come about."""
        switches = {model.id for model, _ in self.library.all("track", Track) if model.switch}
        return Reach(self.box, self.table, switches)

    def has(self, item: Item) -> bool:
        """Whether the scenario has a thing, whole or changed."""
        here = self.library.item(item.kind, item.id)
        return here is not None and (here is item or here.spot == item.spot)

    def brings(self, card: str) -> bool:
        """Whether the scenario draws or schedules a card; one that was compiled for its own sake is not judged there."""
        if card not in self.box.card:
            return False
        drawn, scheduled = self.reach.ways(self.box.card[card])
        return drawn or bool(scheduled)


@dataclass
class Review:
    """What is reviewed: a library and its compiled scenarios. ``given_only``: only what stands in files a person named."""

    library: Library
    stages: Sequence[Stage]
    given_only: bool = False

    def looks_at(self, item: Item) -> bool:
        """Whether findings about a thing are wanted."""
        return item.spot.source.given or not self.given_only

    def all(self, kind: str, model: type[Model]) -> Iterator[tuple[Model, Item]]:
        """Yield every thing of a kind that is looked at, those with faults left out."""
        return ((table, item) for table, item in self.whole(kind, model) if self.looks_at(item))

    def whole(self, kind: str, model: type[Model]) -> Iterator[tuple[Model, Item]]:
        """Yield every thing of a kind, looked at or not, those with faults left out."""
        for table, item in self.library.all(kind, model):
            if (item.spot.source, item.spot.base) not in self._faulty:
                yield table, item

    @cached_property
    def _faulty(self) -> set[tuple[object, object]]:
        return {(spot.source, spot.base) for spot in self.library.problems.spots}

    @cached_property
    def own(self) -> list[Stage]:
        """The scenarios on their own ladders."""
        return [stage for stage in self.stages if stage.own]

    def having(self, item: Item) -> list[Stage]:
        """Return the scenarios that have a thing."""
        return [stage for stage in self.own if stage.has(item)]


def named(stages: Iterable[Stage]) -> str:
    """Return the names of scenarios for a message."""
    return ", ".join(stage.box.scenario.id for stage in stages)
