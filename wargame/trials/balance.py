"""What a scenario does over many games by doctrines: how they end, how far they climb, how often each card comes, what it
moves and whom it helps.

Whom a card helps is read off the check itself: how many points the staff estimate of each challenger's step to war moves
while the card is carried out. That is the card's own doing and not that of what follows it. ``worth`` asks the other
question, what the card does to scores, by playing the same games again with the card's effects taken out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from wargame.rules.box import Box, Pair
from wargame.rules.deterrence import estimate, ratings
from wargame.rules.events import CardDrawn, ChoiceMade, Event, RungChanged, TestThrown
from wargame.rules.state import State
from wargame.rules.tracks import Change
from wargame.trials.games import play

TELLING = 1
"""Percentage points of the estimate, on average, from which on a card is said to help one side."""


class CardUse(Struct, frozen=True):
    """One card over all games. ``shifts`` are mean points of each watched estimate, by challenge: up helps the partner.

    ``moves`` are mean changes of tracks a time it came, in points, the most frequent first; ``options`` how often each was taken.
    """

    id: str
    title: str
    deck: str
    games: int
    times: int
    shifts: tuple[tuple[str, float], ...]
    moves: tuple[tuple[str, float], ...]
    options: tuple[tuple[str, int], ...] = ()

    @property
    def helps(self) -> str:
        """Return ``challenger``, ``partner``, ``both`` (one here, the other there), or ``neither``."""
        up = any(points >= TELLING for _, points in self.shifts)
        down = any(points <= -TELLING for _, points in self.shifts)
        return "both" if up and down else "partner" if up else "challenger" if down else "neither"


class Game(Struct, frozen=True):
    """What is kept of one game: its seed, the cards that came, and the scores of all capitals in the end."""

    seed: int
    cards: frozenset[str]
    scores: tuple[tuple[str, int], ...]


class Balance(Struct, frozen=True):
    """Many games of one scenario. Counters are of games; ``scores`` are means by capital."""

    games: int
    endings: tuple[tuple[str, int], ...]
    rungs: tuple[tuple[str, int], ...]
    scores: tuple[tuple[str, float], ...]
    measures: tuple[tuple[str, int], ...]
    cards: tuple[CardUse, ...]
    played: tuple[Game, ...]


class _Use:
    """What is counted of one card while games go on."""

    def __init__(self) -> None:
        self.games: set[int] = set()
        self.times = 0
        self.shifts: Counter[str] = Counter()
        self.moves: dict[str, float] = defaultdict(float)
        self.options: Counter[str] = Counter()


def watched(box: Box) -> list[tuple[str, Pair, int]]:
    """Return the challenges whose estimates are watched: each local challenger's step to the first rung marked war.

    Where no rung is marked so it is the rung of the scenario's question.
    """
    war = next((number for number, rung in enumerate(box.ladder.rungs) if "war" in rung.marks), box.question.rung)
    pairs = [box.pair.get(f"{dyad.challenger}>{dyad.partner}") for dyad in box.dyads if dyad.is_local]
    return [(f"{pair.id} {box.ladder.rungs[war].id}", pair, war) for pair in pairs if pair is not None]


def balance(box: Box, games: int, first_seed: int = 1, tick: Callable[[], None] = lambda: None) -> Balance:
    """Play games by first doctrines; game k has seed ``first_seed`` + k. ``tick`` is called after each."""
    endings: Counter[str] = Counter()
    rungs: Counter[str] = Counter()
    measures: Counter[str] = Counter()
    scores: dict[str, int] = defaultdict(int)
    uses: dict[str, _Use] = defaultdict(_Use)
    played: list[Game] = []
    for seed in range(first_seed, first_seed + games):
        last = _watch(box, seed, uses, rungs, measures)
        came = frozenset(card for card, use in uses.items() if seed in use.games)
        played.append(Game(seed, came, last.scores))
        endings[last.ending] += 1
        for capital, total in last.scores:
            scores[capital] += total
        tick()
    return Balance(
        games=games,
        endings=tuple(endings.most_common()),
        rungs=tuple((rung.id, rungs[rung.id]) for rung in box.ladder.rungs),
        scores=tuple((capital.id, scores[capital.id] / games) for capital in box.capitals),
        measures=tuple((measure.id, measures[measure.id]) for measure in box.measures),
        cards=tuple(_use(box, card, uses[card]) for card in _comes(box)),
        played=tuple(played),
    )


def worth(box: Box, card: str, played: Sequence[Game]) -> tuple[tuple[str, float], ...]:
    """Return what a card is worth to each capital: its mean score with the card less that with the card's effects taken out.

    ``played`` are the games with it. Without it the same seeds are played, so that only the card differs; games in which it
    never came count as no difference.
    """
    bare = _without(box, card)
    gained: dict[str, int] = defaultdict(int)
    for game in played:
        if card not in game.cards:
            continue
        *_, other = play(bare, game.seed)
        without = dict(other.after.scores)
        for capital, total in game.scores:
            gained[capital] += total - without[capital]
    return tuple((capital.id, gained[capital.id] / len(played)) for capital in box.capitals)


def _without(box: Box, card: str) -> Box:
    """Return the box with one card that still comes and still asks, and does nothing."""
    kept = box.card[card]
    options = tuple(replace(option, then=(), tests=(), take=None) for option in kept.options)
    bare = replace(kept, then=(), tests=(), take=None, options=options)
    return replace(box, cards=tuple(bare if each.id == card else each for each in box.cards))


def _comes(box: Box) -> list[str]:
    """Return the cards that can come by themselves: of the decks that are drawn from, and those set for a turn."""
    decks = {deck for deck, _ in box.scenario.draws} | {box.scenario.history[0]}
    scheduled = {inject.card for inject in box.scenario.injects if inject.turn}
    return [card.id for card in box.cards if card.deck in decks or card.id in scheduled]


def _watch(box: Box, seed: int, uses: dict[str, _Use], rungs: Counter[str], measures: Counter[str]) -> State:
    """Play a game and count what happens in it; return how it ends."""
    reached, ordered = set[str](), set[str]()
    last: State | None = None
    for step in play(box, seed):
        last = step.after
        for event in step.events:
            if isinstance(event, RungChanged):
                if box.rung_number[event.to] > box.rung_number[event.source]:
                    reached.add(event.to)
            elif hasattr(event, "measure"):
                ordered.add(event.measure)
        for card, events in _by_card(step.events):
            _count(box, uses[card], seed, step.before, events)
    rungs.update(reached)
    measures.update(ordered)
    assert last is not None
    return last


def _by_card(events: Sequence[Event]) -> Iterator[tuple[str, list[Event]]]:
    """Yield each card that came or was answered with its events: itself and the hazards thrown directly after it."""
    card, found = "", list[Event]()
    for event in events:
        if isinstance(event, (CardDrawn, ChoiceMade)):
            if card:
                yield card, found
            card, found = event.card, [event]
        elif card and isinstance(event, TestThrown):
            found.append(event)
        elif card:
            yield card, found
            card, found = "", []
    if card:
        yield card, found


def _count(box: Box, use: _Use, game: int, before: State, events: Iterable[Event]) -> None:
    changes: list[Change] = []
    for event in events:
        if isinstance(event, CardDrawn):
            use.games.add(game)
            use.times += 1
        elif isinstance(event, ChoiceMade):
            use.options[event.option] += 1
        changes.extend(getattr(event, "changes", ()))
    values = [list(block) for block in before.values]
    for change in changes:
        track = box.track[change.address]
        use.moves[change.address] += (change.new - change.old) / (2 if track.half else 1)
        values[track.block][track.place] += change.new - change.old
    theory = box.theory[before.setup.theory or box.scenario.theory]
    moved = tuple(map(tuple, values))
    for name, pair, rung in watched(box) if changes else ():
        was, now = (
            estimate(box, theory, ratings(box, each, pair, rung, before.done)) for each in (before.values, moved)
        )
        use.shifts[name] += now.percent - was.percent


def _use(box: Box, card: str, use: _Use) -> CardUse:
    times = max(1, use.times)
    moves = sorted(use.moves.items(), key=lambda each: -abs(each[1]))
    return CardUse(
        id=card,
        title=box.card[card].title,
        deck=box.card[card].deck,
        games=len(use.games),
        times=use.times,
        shifts=tuple((name, use.shifts[name] / times) for name, _, _ in watched(box)),
        moves=tuple((address, total / times) for address, total in moves if total),
        options=tuple((option.id, use.options[option.id]) for option in box.card[card].options),
    )
