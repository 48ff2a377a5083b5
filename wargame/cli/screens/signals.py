"""Signals: what a capital declares, put together from numbered choices, and what it believes of others' declarations."""

from __future__ import annotations

from wargame.cli.desk import Desk
from wargame.cli.page import QUIET
from wargame.cli.screens.line import ask_rung
from wargame.cli.screens.terms import before_after
from wargame.export import words
from wargame.rules import forecast
from wargame.rules.legal import declaration_faults, warned
from wargame.rules.orders import Belief, Believe, Climb, Declaration, Deed, Dial, Signal, Take

_KINDS = (
    ("tie-hands", "in public, tying your hands: believed more, and costs face if you do not keep it"),
    ("sink-costs", "in public, sinking costs: you pay now, and keep your hands free"),
    ("quiet", "quietly, to one capital: nobody else hears it"),
)


def declare(desk: Desk, side: str) -> None:
    """Ask a capital for its declarations of this turn: none, one in public, one quietly."""
    page, box = desk.page, desk.box
    page.reserve(10)
    page.heading(f"{desk.turn()}: signals of {desk.name(side)}", "nothing said is an answer too")
    for heard in desk.view(side).heard:
        if heard.capital == side and heard.status == "open":
            page.text(f"You stand by: {words.promise(box, side, heard.declaration)}.", style=QUIET)
    given: list[Declaration] = []
    while True:
        open_kinds = [kind for kind in _KINDS if not any((kind[0] == "quiet") == bool(each.to) for each in given)]
        if not open_kinds:
            break
        options = ["declare nothing" if not given else "nothing more", *(text for _, text in open_kinds)]
        if "sink-costs" in [kind for kind, _ in open_kinds]:
            options[2] = options[2].replace("you pay now", f"you pay {box.rulebook.signal_cost} influence now")
        place = desk.asker.choose(options, "Declare")
        if place == 0:
            break
        said = _compose(desk, side, open_kinds[place - 1][0])
        if said is not None:
            given.append(said)
    if not desk.submit(Signal(side, tuple(given))):
        declare(desk, side)


def _compose(desk: Desk, side: str, kind: str) -> Declaration | None:
    """Return a declaration put together step by step, or None if it was given up."""
    box, view, page, asker = desk.box, desk.view(side), desk.page, desk.asker
    purse = view.raw(box, f"{side}.influence")
    if kind == "sink-costs" and purse < box.rulebook.signal_cost:
        page.text(f"That costs {box.rulebook.signal_cost} influence, and you have {purse}.")
        return None
    to = ""
    if kind == "quiet":
        others = [capital for capital in box.capitals if capital.id != side]
        to = others[asker.choose([capital.name for capital in others], "To whom")].id
    dyad = _dyad(desk, side)
    here = view.raw(box, f"{dyad}.rung")
    rungs = box.ladder.rungs
    above = list(range(here + 1, len(rungs)))
    if not above:
        page.text("There is no rung above to warn of.")
        return None
    watched = [watch.rung for watch in forecast.watches(box, desk.assessed(side)) if watch.dyad == dyad]
    rung = rungs[ask_rung(desk, f"The line: if {words.dyad(box, dyad)} reach ...", above, watched)].id
    deeds = _deeds(desk, side, Declaration(kind, dyad, rung, Climb("", ""), to))
    if not deeds:
        page.text("Nothing you could do would threaten anybody there.")
        return None
    page.text(f"The deed: then {desk.name(side)} will ...")
    deed = deeds[asker.choose([words.order(box, side, each) for each in deeds], "The deed")]
    said = Declaration(kind, dyad, rung, deed, to)
    return said if _confirmed(desk, side, said) else None


def _dyad(desk: Desk, side: str) -> str:
    box = desk.box
    mine = [dyad for dyad in box.dyads if side in (*dyad.parties, dyad.patron)]
    if len(mine) == 1:
        return mine[0].id
    return mine[desk.asker.choose([dyad.name for dyad in mine], "Where")].id


def _deeds(desk: Desk, side: str, blank: Declaration) -> list[Deed]:
    """Return every deed this declaration may promise: measures that carry a threat out, climbs, permissions."""
    box, view = desk.box, desk.view(side)
    found: list[Deed] = []
    for action in box.actions_of[side]:
        if box.measure[action.measure].carries_out:
            found.append(Take(action.measure, action.target))
    climbs = {(step.dyad, step.target) for step in box.steps_of[side]}
    trigger = box.rung_number[blank.rung]
    found += [
        Climb(dyad, box.ladder.rungs[target].id)
        for dyad, target in sorted(climbs, key=lambda each: (each[0] != blank.dyad, each))
        if target > trigger or dyad != blank.dyad
    ]
    for dyad in box.local_dyads(side):
        track = box.track[f"{side}>{dyad.partner}.permission.true"]
        found += [Dial(dyad.partner, word, announced=True) for word in track.words]
    if not found:
        found += [Take(action.measure, action.target) for action in box.actions_of[side]]
    return [
        deed
        for deed in found
        if not declaration_faults(box, view, Declaration(blank.kind, blank.dyad, blank.rung, deed, blank.to))
    ]


def _confirmed(desk: Desk, side: str, said: Declaration) -> bool:
    """Show what a declaration costs and changes, and ask whether to make it."""
    box, known, page = desk.box, desk.assessed(side), desk.page
    page.gap()
    page.text(words.sentence(f"You would declare: {words.promise(box, side, said)}"))
    against = words.capital(box, warned(box, side, said.dyad))
    if said.kind == "quiet" and said.to != warned(box, side, said.dyad):
        page.text(f"It is {against} that this warns; {words.capital(box, said.to)} would only know of it.", indent=2)
    cost = box.rulebook.signal_cost if said.kind == "sink-costs" else 0
    moved = words.moved(box, forecast.spoken(box, known, said))
    page.text(f"It costs {cost} influence. It moves {moved or 'nothing'}.", indent=2)
    if said.kind == "tie-hands":
        page.text("Kept when it falls due, it brings face; not kept, it costs face and belief in your words.", indent=2)
    page.text(
        "It is judged at the end of the very turn in which the line is reached: unless it is done already, only an order "
        "or a sealed reply of that turn keeps it.", indent=2,
    )  # fmt: skip
    for watch in forecast.watches(box, desk.assessed(side)):
        page.text(before_after(box, known, forecast.of_declaration(box, known, said, watch)), indent=2)
    return desk.asker.yes("Declare it?")


def believe(desk: Desk, side: str) -> None:
    """Ask a capital how likely it thinks each new declaration is to be carried out."""
    box, view, page = desk.box, desk.view(side), desk.page
    page.reserve(8)
    page.heading(f"{desk.turn()}: what {desk.name(side)} believes", "private; scored when it falls due")
    beliefs = []
    for heard in view.heard:
        if heard.id not in view.asked_about:
            continue
        how = "says quietly" if heard.declaration.to else "declares"
        page.text(f"{words.capital(box, heard.capital)} {how}: {words.promise(box, heard.capital, heard.declaration)}.")
        percent = _percent(desk)
        if percent >= 0:
            beliefs.append(Belief(heard.id, percent))
    desk.submit(Believe(side, tuple(beliefs)))


def _percent(desk: Desk) -> int:
    while True:
        answer = desk.asker.ask("How likely is it to be carried out, 0 to 100? (Enter: no opinion) ")
        if not answer:
            return -1
        answer = answer.rstrip("% ")
        if answer.isascii() and answer.isdigit() and len(answer) <= 3 and int(answer) <= 100:
            return int(answer)
        desk.page.text("A number from 0 (never) to 100 (certainly), please.")
