"""The tables of rules.md, made from the code and the decks: ``python -m tests.rules_tables`` writes them anew.

In rules.md each stands between ``<!-- table NAME -->`` and ``<!-- /table -->``; test_rules_document.py compares them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from tests.games import february
from wargame import errors
from wargame.rules import deterrence
from wargame.rules.box import Box

ROOT: Final = Path(__file__).parent.parent
RULES: Final = ROOT / "rules.md"
HALVES: Final = range(2, 11)
"""Ratings from one to five, in half points."""

WORD_OF_LINK: Final = ("capability", "will", "free", "clarity", "cost")

Table = Iterable[Sequence[object]]


def points(raw: int) -> str:
    """Return half points as people write them."""
    return str(raw // 2) if raw % 2 == 0 else f"{raw / 2:.1f}"


def laid_out(rows: Table) -> str:
    """Return rows, the first the heads, as a table of Markdown."""
    listed = [[str(cell) for cell in row] for row in rows]
    listed.insert(1, ["---"] * len(listed[0]))
    return "\n".join("| " + " | ".join(row) + " |" for row in listed)


def deck_tables(kind: str) -> list[dict[str, Any]]:
    """Return every table of a kind in the built-in decks, in the order of reading."""
    found: list[dict[str, Any]] = []
    for path in sorted((ROOT / "decks").rglob("*.toml")):
        found += tomllib.loads(path.read_text("utf-8")).get(kind, [])
    return found


def ladder(box: Box) -> dict[str, Any]:
    return next(each for each in deck_tables("ladder") if each["id"] == box.ladder.id)


def clauses(when: list[Any]) -> str:
    """Return conditions as a line of text."""
    return "; ".join(f"`{each}`" if isinstance(each, str) else " or ".join(f"`{x}`" for x in each) for each in when)


def sentences(then: Iterable[str]) -> str:
    return "; ".join(f"`{each}`" for each in then)


def added(shift: dict[str, float]) -> str:
    return ", ".join(f"{name} {amount:+g}" for name, amount in shift.items())


def scale(box: Box) -> Table:
    yield ["rating", *map(points, HALVES)]
    yield ["s", *map(deterrence.scale, HALVES)]


def odds(box: Box) -> Table:
    """Five pairs of columns, read downwards, then to the right."""
    yield ["percent", "from"] * 5
    pairs: list[tuple[object, object]] = [(1, "")]
    pairs += [(percent, least) for percent, least in enumerate(deterrence.ODDS, start=2)] + [("", "")]
    for row in range(20):
        yield [cell for column in range(5) for cell in pairs[row + 20 * column]]


def credibility(box: Box) -> Table:
    yield ["lowest", *(f"clarity {points(clarity)}" for clarity in HALVES)]
    for low in HALVES:
        yield [points(low), *(deterrence.credibility(low, low, low, clarity) for clarity in HALVES)]


def theories(box: Box) -> Table:
    yield ["", *(theory.id for theory in box.theories)]
    yield ["constant K", *(theory.constant for theory in box.theories)]
    for place, name in enumerate(box.pressures):
        yield [name, *(theory.pressure[place] for theory in box.theories)]
    yield ["nerve", *(theory.nerve for theory in box.theories)]
    for place, name in enumerate(box.restraints):
        yield [name, *(theory.restraint[place] for theory in box.theories)]
    for place, name in enumerate(box.slots):
        yield [name, *(theory.threat[place] for theory in box.theories)]
    for place, name in enumerate(box.slots):
        if any(theory.floor[place] for theory in box.theories):
            yield [f"floor of {name}", *(theory.floor[place] for theory in box.theories)]
    zones = box.ladder.zones
    for theory in box.theories:
        for adjust in theory.adjust:
            where = {zones[box.ladder.rungs[rung].zone].name for rung in adjust.rungs}
            name = f"{box.slots[adjust.slot]} adjusted: {', '.join(sorted(where))}"
            yield [name, *(f"{adjust.percent}%" if other is theory else "100%" for other in box.theories)]
    yield ["hazards that do not exist", *(", ".join(theory.off) or "none" for theory in box.theories)]


def beliefs(box: Box) -> Table:
    yield ["Theory", "Says", "Would rank first"]
    for theory in box.theories:
        yield [theory.id, theory.believes, ", ".join(theory.signature) or "a mixture"]


def rungs(box: Box) -> Table:
    yield ["Rung", "Name", "What it is", "Zone", "Where", "Severity", "Marks", "Carries out", "Compare"]
    named = ladder(box)["rung"]
    for rung, table in zip(box.ladder.rungs, named, strict=True):
        zone = box.ladder.zones[rung.zone].name
        marks = ", ".join(rung.marks)
        yield [rung.id, rung.name, rung.text, zone, table["in"], rung.severity, marks, rung.carries_out, rung.real]


def zones(box: Box) -> Table:
    yield ["Zone", "Firebreak below it", "Down", "Talks", "Tokens"]
    for zone in box.ladder.zones:
        yield [zone.name, zone.firebreak or "none", zone.down_face, zone.offramp, zone.tokens]


def edges(box: Box) -> Table:
    """One row for each edge as the deck writes it, in the deck's order."""
    yield ["Type", "From", "To", "Who", "Needs", "Brings"]
    for edge in ladder(box)["edge"]:
        permit = [f"permission *{edge['permit']}*"] if "permit" in edge else []
        needs = "; ".join(filter(None, [*permit, clauses(edge.get("when", []))]))
        tests = [f"hazard *{test['id']}*" for test in edge.get("tests", [])]
        brings = "; ".join(filter(None, [sentences(edge.get("then", [])), *tests]))
        who = ", ".join(edge.get("who", [])) or "events only"
        yield [edge["type"], ", ".join(edge["from"]), ", ".join(edge["to"]), who, needs, brings]


def prices(box: Box) -> Table:
    book = box.rulebook
    yield ["Order", "Influence"]
    yield ["a climb", book.climb_cost]
    yield ["a jump", book.jump_cost]
    yield ["a step down, talks, a permission, a priority", 0]
    yield ["a measure", "its price"]
    yield ["a measure outside the patron's priority theatre", f"its price and {book.elsewhere_cost}"]
    yield ["a reply with a climb", book.reply_cost]
    yield ["a reply with a measure", f"its price and {book.reply_cost}"]
    yield ["an order outside the list", book.argue_cost]
    yield ["sinking costs (at the signal)", book.signal_cost]
    yield ["a sheet handed in after time was called", book.late_cost]
    yield ["kept from one turn to the next, at most", book.save]
    yield ["back from an order that lapsed", f"{book.refund_percent}%, rounded down"]
    yield ["income a turn", ", ".join(f"{capital.name} {capital.income}" for capital in box.capitals)]
    yield ["moves on a sheet", ", ".join(f"{capital.name} {capital.orders}" for capital in box.capitals)]


def reactions(box: Box) -> Table:
    yield ["When", "If", "Then"]
    for found in deck_tables("reaction"):
        yield [found["on"], clauses(found.get("when", [])), sentences(found["then"])]
    for found in deck_tables("standing"):
        who = ", ".join(found.get("each", [])) or "the table"
        yield [f"standing, {who}", clauses(found.get("when", [])), sentences(found["then"])]


def shifts(box: Box) -> Table:
    table = ladder(box)
    yield ["Aiming at", "If", "Adds"]
    for zone in table["zone"]:
        if zone.get("shift"):
            yield [zone["name"], "", added(zone["shift"])]
    for rung in table["rung"]:
        if "shift" in rung:
            yield [f"{rung['id']} (in place of its zone's)", "", added(rung["shift"])]
    for found in deck_tables("shift"):
        where = ", ".join([*found.get("zones", []), *found.get("rungs", [])])
        yield [f"{where}, {', '.join(found.get('each', []))}", clauses(found.get("when", [])), added(found["add"])]


def press(box: Box) -> Table:
    book = box.rulebook
    low, high = book.press_percent
    yield ["Percent that it is deterred", "Face"]
    yield [f"1 to {low}", book.press_face[0]]
    yield [f"{low + 1} to {high}", book.press_face[1]]
    yield [f"{high + 1} to 99", book.press_face[2]]


def permission(box: Box) -> Table:
    """Freedom by word, of the first threats that read it: lent first, home-built second."""
    found: dict[int, tuple[int, ...]] = {}
    bond = ""
    for pair in box.pairs:
        for threat in pair.threats:
            if threat.seen.free_words:
                more = threat.seen.free_more
                found.setdefault(more, tuple(min(10, max(2, raw + more)) for raw in threat.seen.free_words))
                bond = bond or next(t.address for t in box.tracks if t.ref == threat.true.free)
    meaning = {"none": "nothing", "defence-only": "defend itself on its own ground",
               "against-the-attack": "strike what feeds the attack", "everything": "strike whatever it chooses"}  # fmt: skip
    yield ["Word", "The partner may", "Freedom of lent reach", "Freedom of home-built reach"]
    for place, word in enumerate(box.track[bond].words):
        yield [word, meaning[word], points(found[0][place]), points(found[2][place])]


def survivability(box: Box) -> Table:
    yield ["survivability", *map(points, HALVES)]
    yield ["survives on", *(f"{10 * (raw - 1)}%" for raw in HALVES)]


def war(box: Box) -> Table:
    book = box.rulebook
    yield ["true denial", *map(points, HALVES)]
    yield ["holds on", *(f"{max(1, min(100, book.hold_base + book.hold_per_denial * raw // 2))}%" for raw in HALVES)]


def risk(box: Box) -> Table:
    book = box.rulebook
    high = box.track["world.risk"].high
    full = min(high, -(-book.risk_most // book.risk_percent))
    yield ["tokens", *range(full), f"{full} and more"]
    yield ["accident on", *(f"{book.risk_percent * held}%" for held in range(full)), f"{book.risk_most}%"]


def talks(box: Box) -> Table:
    book = box.rulebook
    yield ["What", "Points"]
    yield ["to begin with", book.talks_base]
    yield ["the zone of the rung the dyad stands on", "its *talks* (rule 3.2)"]
    yield ["the landing", "its *accept* (rule 9.2)"]
    yield ["the dyad's `offramp`: mediators, summits, dead telephones", "as it stands"]
    yield ["each point of *assure* above 3 (below: less)", book.talks_per_point]
    yield ["each point of *audience* above 3 (below: more)", -book.talks_per_point]
    yield ["each point of *nerve* above 3 (below: more)", -book.talks_per_point]
    yield [f"each concession offered, at most {book.talks_most_concessions}", book.talks_per_concession]
    yield ["each quiet turn of the dyad in a row (rule 4.5)", book.talks_per_quiet_turn]
    yield ["at least, at most", f"{book.talks_low}, {book.talks_high}"]


def landings(box: Box) -> Table:
    yield ["Landing", "What it is", "From", "Needs", "Accept", "Undoes", "Pause", "Brings"]
    for landing in ladder(box)["landing"]:
        rules = ["no more tests of war"] if landing.get("stops_war") else []
        rules += [f"closes the theatre: *{landing['outcome']}*"] if landing.get("outcome") else []
        brings = "; ".join([*rules, *filter(None, [sentences(landing.get("then", []))])])
        yield [
            landing["id"], landing["text"], ", ".join(landing["from"]), clauses(landing.get("when", [])),
            landing.get("accept", 0), landing.get("undoes", 0), landing.get("pauses", 0), brings,
        ]  # fmt: skip


def _scenario(box: Box) -> dict[str, Any]:
    for path in sorted((ROOT / "decks" / "scenarios").rglob("*.toml")):
        found: dict[str, Any] = tomllib.loads(path.read_text("utf-8")).get("scenario", {})
        if found.get("id") == box.scenario.id:
            return found
    raise LookupError(box.scenario.id)


def outcomes(box: Box) -> Table:
    yield ["Outcome", "Name", "When", "At once"]
    for found in _scenario(box)["theatre_outcome"]:
        yield [
            found["id"],
            found["name"],
            clauses(found.get("when", [])) or "otherwise",
            "yes" if found.get("at_once") else "",
        ]


def endings(box: Box) -> Table:
    yield ["Ending", "Name", "When", "At once", "Share of scores"]
    for found in _scenario(box)["ending"]:
        when = clauses(found.get("when", [])) or "otherwise"
        yield [
            found["id"],
            found["name"],
            when,
            "yes" if found.get("at_once") else "",
            f"{found.get('score_percent', 100)}%",
        ]


def exits(box: Box) -> Table:
    yield ["Code", "Meaning"]
    yield [errors.EXIT_OK, "all went well"]
    yield [errors.EXIT_UNEXPECTED, "something unexpected: a fault of the program"]
    yield [errors.EXIT_USAGE, "the command was called in a way that cannot work"]
    yield [errors.EXIT_CONTENT, "content is faulty; every fault is listed"]
    yield [errors.EXIT_EXERCISE, "an exercise file or log is damaged, foreign or too new"]
    yield [errors.EXIT_REFUSED, "the rules refuse it; nothing has changed"]
    yield [errors.EXIT_OUTSIDE, "a program outside this one failed (reserved)"]
    yield [errors.EXIT_INTERRUPTED, "interrupted"]


def _example(box: Box) -> deterrence.Estimate:
    pair = box.pair[box.question.pair]
    read = deterrence.ratings(box, box.start, pair, box.question.rung)
    return deterrence.estimate(box, box.theory["balanced"], read)


def example_terms(box: Box) -> Table:
    found = _example(box)
    yield ["Term", "Rating", "Weight", "Contribution"]
    for term in found.terms:
        yield [term.name, f"{term.rating:g}", term.weight, term.contribution]
    yield ["margin", "", "", found.margin]


def example_threats(box: Box) -> Table:
    yield ["Threat", "Slot", *WORD_OF_LINK, "Credibility", "Counts"]
    for threat in _example(box).threats:
        links = [f"{getattr(threat, link):g}" for link in WORD_OF_LINK]
        yield [threat.name, threat.slot, *links, threat.credibility, "yes" if threat.counts else "no"]


def example_orders(box: Box) -> Table:
    """The sheets of the worked turn, with what they cost."""
    book = box.rulebook

    def price(capital: str, measure: str, target: str = "") -> int:
        return box.action[(capital, measure, target)].cost

    def row(capital: str, *orders: tuple[str, int]) -> list[object]:
        seat = box.capital[capital]
        listed = "; ".join(f"{order} ({cost})" for order, cost in orders)
        spent = sum(cost for _, cost in orders)
        assert spent <= seat.income, "the worked turn costs more than there is: change its orders"
        return [seat.name, listed, spent, seat.income - spent]

    yield ["Capital", "Orders", "Costs", "Left"]
    yield row("moscow", ("mass forces", price("moscow", "mass-forces")), ("climb to r07 against Kyiv", book.climb_cost))
    yield row("beijing", ("patrol and probe", price("beijing", "patrol-and-probe")))
    yield row(
        "kyiv", ("territorial defence", price("kyiv", "territorial-defence")),
        ("reply: at r12, climb to r13", book.reply_cost),
    )  # fmt: skip
    yield row("taipei", ("porcupine of its own", price("taipei", "island-porcupine")))
    yield row(
        "washington", ("priority Ukraine", 0), ("short-range aid for Kyiv", price("washington", "short-range-aid", "kyiv")),
        ("porcupine for Taipei", price("washington", "porcupine", "taipei") + book.elsewhere_cost),
    )  # fmt: skip


TABLES: Final[dict[str, Callable[[Box], Table]]] = {
    "rungs": rungs, "zones": zones, "edges": edges, "prices": prices, "reactions": reactions, "scale": scale, "odds": odds,
    "theories": theories, "beliefs": beliefs, "credibility": credibility, "shifts": shifts, "press": press,
    "permission": permission, "survivability": survivability, "war": war, "risk": risk, "landings": landings,
    "talks": talks, "outcomes": outcomes, "endings": endings, "exits": exits, "example-threats": example_threats,
    "example-terms": example_terms, "example-orders": example_orders,
}  # fmt: skip
"""Every table of rules.md that is made, by name."""

_PLACE: Final = re.compile(r"<!-- table ([a-z-]+) -->\n(.*?)<!-- /table -->", re.DOTALL)


def printed(text: str) -> dict[str, str]:
    """Return the tables that stand in rules.md, by name."""
    return {name: body.strip() for name, body in _PLACE.findall(text)}


def renewed(text: str, box: Box) -> str:
    """Return rules.md with every table made anew. Raises KeyError for a table nobody makes."""
    return _PLACE.sub(
        lambda found: f"<!-- table {found[1]} -->\n\n{laid_out(TABLES[found[1]](box))}\n\n<!-- /table -->", text
    )


if __name__ == "__main__":
    RULES.write_text(renewed(RULES.read_text("utf-8"), february()), "utf-8")
