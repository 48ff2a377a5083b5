"""How the public picture is made: from the public's view of the state and the public's rows of the journal, and no more.

One thing is read off the record itself, as a fact of the room that everybody in it may know: what was done to the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from wargame.export import words
from wargame.export.banner import branch_banner
from wargame.export.sentences import PHASE_TITLES
from wargame.export.witnessed import seen
from wargame.rules import events as fact
from wargame.rules.box import Box, Dyad
from wargame.rules.events import Event
from wargame.rules.journal import Entry, effective
from wargame.rules.orders import Start
from wargame.rules.sight import look
from wargame.rules.state import ENDED, NOTHING, ORDERS, UPDATE, State
from wargame.rules.view import PUBLIC, View
from wargame.whitecell.clock import clock_of
from wargame.whitecell.picture import Headline, Orders, Picture, Rung, Seat, Stand, Zone


def picture_of(box: Box, state: State, entries: Sequence[Entry], now: datetime) -> Picture:
    """Return what everybody may see. ``entries`` is the whole journal, ``state`` what it leads to, ``now`` has a zone."""
    view = look(box, state, PUBLIC)
    public = seen(box, effective(entries), PUBLIC)
    ladder = box.ladder
    return Picture(
        title=box.scenario.title,
        turn=view.turn,
        turns=view.setup.turns,
        phase=_phase(view, public),
        clock=clock_of(entries),
        banner=banner(view.setup, public),
        headline=_headline(box, public),
        stands=tuple(_stand(box, view, dyad) for dyad in box.dyads),
        declarations=_declarations(box, view),
        seats=_seats(box, view, public),
        rungs=tuple(Rung(rung.name, rung.zone) for rung in ladder.rungs),
        zones=tuple(Zone(zone.name, zone.firebreak) for zone in ladder.zones),
        ending=_ending(box, view),
        beat=now.isoformat(timespec="seconds"),
    )


def _phase(view: View, public: Sequence[Event]) -> str:
    """Return the phase in words; after a turn has closed the next one is not open yet."""
    last = next((each for each in reversed(public) if isinstance(each, (fact.PhaseOpened, fact.TurnOpened))), None)
    if view.phase == UPDATE and isinstance(last, fact.PhaseOpened):
        return "closed"
    return PHASE_TITLES.get(view.phase, view.phase)


def banner(setup: Start, events: Iterable[Event], named: bool = False) -> str:
    """Return what the room must not forget: that it is a rehearsal or a branch, ``named`` for the white cell alone."""
    parts = ("REHEARSAL" if setup.rehearsal else "", branch_banner(events, named))
    return ", ".join(filter(None, parts))


def _headline(box: Box, public: Sequence[Event]) -> Headline:
    for event in reversed(public):
        if isinstance(event, fact.CardDrawn):
            card = box.card[event.card]
            return Headline(card.title, " ".join(card.text.split()))
        if isinstance(event, fact.InjectImprovised):
            return Headline(event.title, " ".join(event.text.split()))
    return Headline()


def _stand(box: Box, view: View, dyad: Dyad) -> Stand:
    top = view.stacks[box.dyad_place[dyad.id]][-1]
    outcome = str(view.shown(box, f"{dyad.theatre}.outcome")) if view.raw(box, f"{dyad.theatre}.outcome") else ""
    return Stand(
        dyad.name,
        box.theatre[dyad.theatre].name,
        top.rung,
        words.outcome(box, outcome) if outcome else "",
    )


def _declarations(box: Box, view: View) -> tuple[str, ...]:
    """Return the public declarations that stand, the latest first."""
    found = [
        f"{words.capital(box, said.capital)}, turn {said.turn}: {words.promise(box, said.capital, said.declaration)}"
        for said in view.heard
        if said.status == "open"
    ]
    return tuple(words.sentence(text) for text in reversed(found))


def _seats(box: Box, view: View, public: Sequence[Event]) -> tuple[Seat, ...]:
    """Return the capitals and, while orders are written, who has handed in and whom time found without any."""
    if view.phase != ORDERS:
        return tuple(Seat(capital.name) for capital in box.capitals)
    waiting: dict[str, Orders] = dict.fromkeys(box.capital, "waiting")
    found = dict(waiting)
    for event in public:
        if isinstance(event, fact.TurnOpened):
            found = dict(waiting)
        elif isinstance(event, fact.OrderSealed):
            found[event.capital] = "sealed"
        elif isinstance(event, fact.OrderClosed):
            found[event.capital] = "missing" if event.status == NOTHING else "sealed"
        elif isinstance(event, fact.OrderReopened):
            found[event.capital] = "waiting"
    return tuple(Seat(capital.name, found[capital.id]) for capital in box.capitals)


def _ending(box: Box, view: View) -> Headline:
    if view.phase != ENDED:
        return Headline()
    ending = next((each for each in box.endings if each.id == view.ending), None)
    return Headline(ending.name, ending.text) if ending else Headline("The exercise has ended.")
