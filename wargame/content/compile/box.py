"""From a scenario's name to the box it is played with, or to every fault that stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from wargame.content.compile import cards, doctrines, ladder, measures, moments, scenario, sheets, theory
from wargame.content.compile.acceptance import Acceptance, acceptances_of
from wargame.content.compile.binder import Binder
from wargame.content.compile.frame import Frame, elsewhere
from wargame.content.compile.inherit import Ending, Legacy, legacy_of, possible
from wargame.content.compile.needs import check_needs
from wargame.content.compile.overrides import with_overrides
from wargame.content.compile.remap import check_remaps, remap_of
from wargame.content.compile.tracks import Tracks
from wargame.content.library import Item, Library, is_folder, looks_like_path, none_of, read_alone, read_library
from wargame.content.problems import Spot, TooMuch, show
from wargame.content.schema_rules import Concept
from wargame.content.schema_rules import Ladder as LadderTable
from wargame.content.schema_rules import Rulebook as RulebookTable
from wargame.content.schema_rules import Theory as TheoryTable
from wargame.content.schema_scenario import Scenario as ScenarioTable
from wargame.errors import ContentError, UsageError
from wargame.rules.box import Box


def load_box(
    name: str | Path,
    content_dirs: Sequence[str | Path] | None = None,
    also: Sequence[str | Path] = (),
    ladder: str = "",
    before: Ending | None = None,
) -> Box:
    """Read and compile a scenario.

    ``name`` is a scenario's id or a path to a file or folder that holds one; an id goes before a folder of that name.
    ``content_dirs`` takes the place of the user's own content folder; ``also`` are further paths whose things are read last
    (a theory or doctrine of the user's own). ``ladder`` is another ladder to play it on, one that the scenario has a remap
    for; ``before`` the end of an earlier exercise that the scenario inherits.
    Raises ContentError with every Problem found, sorted by file and line; UsageError if there is no such scenario, it is not
    played on that ladder or does not follow ``before``.
    """
    library, scenario_id = find_scenario(str(name), content_dirs, also)
    item = library.item("scenario", scenario_id)
    if item is not None:
        table = cast("ScenarioTable", item.model)
        _check_ladder(table, ladder)
        if before is not None:
            _check_follows(table, before)
    return _sound(library, scenario_id, compiled(library, scenario_id, ladder=ladder, before=before)).box


def load_compiled(name: str | Path, content_dirs: Sequence[str | Path] | None = None) -> Compiled:
    """Read and compile a scenario with what its author says must come out of it. Raises ContentError like :func:`load_box`."""
    library, scenario_id = find_scenario(str(name), content_dirs, ())
    return _sound(library, scenario_id, compiled(library, scenario_id))


def _sound(library: Library, scenario_id: str, compiled: Compiled | None) -> Compiled:
    """Return what was compiled. Raises ContentError for every fault but those of other scenarios."""
    problems = library.problems.sorted()
    others = [problem for problem in problems if problem.kind == "scenario" and problem.id != scenario_id]
    found = [problem for problem in problems if problem not in others]
    if found or compiled is None:
        raise ContentError(found or others)
    return compiled


def _check_ladder(table: ScenarioTable, ladder: str) -> None:
    known = (table.ladder, *table.remap)
    if ladder and ladder not in known:
        ladders = f"the ladder {', '.join(known)}" if len(known) == 1 else f"one of the ladders {', '.join(known)}"
        raise UsageError(f"{table.id} is played on {ladders}, not on {show(ladder)}")


def _check_follows(table: ScenarioTable, before: Ending) -> None:
    earlier = before.box.scenario.id
    if table.inherit is None:
        raise UsageError(f"{table.id} follows no other scenario; it takes nothing over from {earlier}")
    if table.inherit.source != earlier:
        raise UsageError(f"{table.id} follows {table.inherit.source}, not {earlier}")


def find_scenario(
    name: str, content_dirs: Sequence[str | Path] | None, also: Sequence[str | Path]
) -> tuple[Library, str]:
    """Return the library a scenario is compiled from, and its id. Raises UsageError or ContentError where there is none."""
    if not looks_like_path(name):
        library = read_library(also, content_dirs)
        item = library.item("scenario", name)
        if item is not None and cast("ScenarioTable", item.model).alone:
            return _alone_with(item.spot.source.path, also), name
        if item is not None or ("scenario", name) in library.problems.faulty:
            return library, name
        if not is_folder(name):
            raise none_of("scenario", name, library)
    bundle = read_alone(name)
    found = list(bundle.things["scenario"].values())
    if len(found) != 1:
        if not bundle.problems:
            message = "holds no scenario" if not found else f"holds {len(found)} scenarios; name the file of one"
            bundle.problems.add_file(name, 0, "WG301", message)
        raise ContentError(bundle.problems.sorted())
    if cast("ScenarioTable", found[0].model).alone:
        return _alone_with(name, also), found[0].id
    return read_library([name, *also], content_dirs), found[0].id


def _alone_with(path: str, also: Sequence[str | Path]) -> Library:
    library = read_alone(path)
    for each in also:
        library.add_path(each)
    return library


@dataclass(frozen=True)
class Compiled:
    """A scenario as it was compiled: its box, what must come out of it, and what its sentences were bound with."""

    box: Box
    acceptances: tuple[Acceptance, ...]
    binder: Binder
    doctrines: dict[str, doctrines.Places]
    """What each doctrine of the box was made of, by its id."""

    @property
    def frame(self) -> Frame:
        """The fixed facts of the scenario, with the library as it plays it."""
        return self.binder.frame


def compile_box(library: Library, scenario_id: str) -> Box | None:
    """Compile a scenario of a library; faults go to the library's problems, None where nothing can be compiled."""
    found = compiled(library, scenario_id)
    return found.box if found else None


def compiled(
    library: Library, scenario_id: str, every: bool = False, ladder: str = "", before: Ending | None = None
) -> Compiled | None:
    """Compile a scenario as :func:`compile_box` does, and keep what its sentences were bound with.

    ``every`` also compiles cards of given files that the scenario does not use, so that they are checked; ``ladder`` and
    ``before`` are those of :func:`load_box`.
    """
    try:
        frame = _frame(library, scenario_id, ladder)
        return None if frame is None else _compiled(frame, every, before)
    except TooMuch:
        spot = library.things["scenario"][scenario_id].spot
        library.problems.add(spot, "WG002", "it and what is read with it is more than can be checked")
        return None


def _compiled(frame: Frame, every: bool, before: Ending | None) -> Compiled | None:
    library = frame.library  # with what the scenario changes of it, rulebook and theories too
    tables = library.all("theory", TheoryTable)
    slots = [threat.slot for sheet in frame.scenario.sheet.values() for threat in sheet.threat]
    frame.terms = theory.terms_of(tables, frame.scenario.theory, slots)
    if (
        frame.scenario.theory not in library.things["theory"]
        and ("theory", frame.scenario.theory) not in library.problems.faulty
    ):
        library.problems.no_such(frame.spot.at("theory"), "theory", frame.scenario.theory, library.things["theory"])
    rulebook = _named(library, "rulebook", frame.scenario.rulebook, frame.spot.at("rulebook"))
    if rulebook is None:
        return None
    tracks = Tracks(frame)
    tracks.build(measures.counters_of(frame))
    sheets.start_of(frame, tracks, frame.terms)
    tracks.freeze()
    binder = Binder(frame, tracks)
    inherited = legacy_of(frame.scenario, frame.spot, before) if before else Legacy((), ())
    own = [(address, value, frame.spot.at("start", address)) for address, value in frame.scenario.start.items()]
    _start_at([*own, *inherited.start], frame, tracks, binder)
    _start_at(possible(frame.scenario, frame.spot), frame, tracks, binder, trial=True)
    tracks.freeze()
    check_needs(frame, tracks)
    return _assembled(frame, tracks, binder, cast("RulebookTable", rulebook.model), inherited.told, every)


def _frame(library: Library, scenario_id: str, ladder: str) -> Frame | None:
    item = library.item("scenario", scenario_id)
    if item is None:
        return None
    table = cast("ScenarioTable", item.model)
    whole = with_overrides(library, table, item)
    for place, pack in enumerate(table.packs):
        if pack not in whole.packs:
            library.problems.no_such(item.spot.at("packs", place), "pack", pack, whole.packs)
    library = whole.within(table.packs)
    check_remaps(library, table, item)
    renamed = remap_of(table, ladder)
    rungs = _named(library, "ladder", ladder or table.ladder, item.spot.at("ladder"))
    if rungs is None:
        return None
    ladder_table = cast("LadderTable", rungs.model)
    return Frame(library, library.problems, table, item, ladder_table, rungs, elsewhere(whole), whole, renamed)


def _named(library: Library, kind: str, name: str, spot: Spot) -> Item | None:
    """Return what a scenario names; where there is none, note it and go on with the one that was probably meant."""
    found = library.item(kind, name)
    if found is not None:
        return found
    there = library.things[kind]
    if (kind, name) not in library.problems.faulty:
        library.problems.no_such(spot, kind, name, there)
    close = get_close_matches(name[:80], there, n=1, cutoff=0.55) or (list(there) if len(there) == 1 else [])
    return there[close[0]] if close else None


def _start_at(
    values: Sequence[tuple[str, object, Spot]], frame: Frame, tracks: Tracks, binder: Binder, trial: bool = False
) -> None:
    """Set where tracks start, by address, a later value instead of an earlier one; a ``trial`` only notes what does not fit."""
    for address, value, spot in values:
        for found in binder.find(address, scenario.IN_FULL, spot):
            if found.base in tracks.read_only:
                frame.problems.add(spot, "WG304", f"{found.base} follows from play; it has no start")
                continue
            tracks.set_start(f"{found.base}.{found.end}" if found.end else found.base, value, spot, trial)


def _assembled(
    frame: Frame, tracks: Tracks, binder: Binder, rulebook: RulebookTable, inherited: tuple[str, ...], every: bool
) -> Compiled:
    terms, slots = frame.terms, frame.terms.slots
    rungs = ladder.ladder_of(frame.ladder, frame.ladder_item, slots, terms.beside, frame.problems)
    steps = tuple(ladder.steps_of(frame, binder, rungs, (rulebook.climb_cost, rulebook.jump_cost)))
    pairs = sheets.Sheets(frame, tracks, binder, terms).pairs(steps)
    actions = tuple(measures.actions_of(frame, binder))
    compiling = doctrines.Doctrines(frame, binder, steps, actions)
    schools = compiling.all()
    cards.decks_exist(frame)
    cards.decks_are_drawn(frame)
    box = Box(
        scenario=scenario.scenario_of(frame, cards.injects_of(frame, binder), inherited),
        rulebook=scenario.rulebook_of(rulebook),
        capitals=tuple(
            replace(capital, doctrines=doctrines.doctrines_for(schools, capital.id, capital.doctrines))
            for capital in frame.capitals
        ),
        theatres=frame.theatres,
        dyads=frame.dyads,
        ladder=rungs,
        open_war=frame.zone_number.get(frame.ladder.open_war, 0),
        tracks=tuple(tracks.track.values()),
        blocks=tracks.blocks,
        pressures=tuple(terms.pressures),
        restraints=tuple(terms.restraints),
        slots=tuple(slots),
        pairs=pairs,
        theories=theory.theories_of(frame, terms),
        steps=steps,
        measures=measures.measures_of(frame, slots),
        actions=actions,
        cards=cards.cards_of(frame, binder, rungs, every),
        reactions=moments.reactions_of(frame, binder, slots),
        landings=ladder.landings_of(frame, binder),
        standing=tuple(moments.standing_of(frame, binder)),
        doctrines=schools,
        objectives=tuple(scenario.objectives_of(frame, binder)),
        theatre_outcomes=tuple(scenario.theatre_outcomes_of(frame, binder)),
        endings=tuple(scenario.endings_of(frame, binder)),
        question=scenario.question_of(frame, pairs, rungs),
        switches=tuple(tracks.switches),
        concepts=tuple((c.id, f"{c.name}: {c.text}") for c, _ in frame.library.all("concept", Concept)),
    )
    return Compiled(box, acceptances_of(frame, binder, pairs), binder, compiling.places)
