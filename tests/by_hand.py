"""Every check of a logged exercise again, by hand: with the tables printed in rules.md and nothing else.

    python tests/by_hand.py LOG.jsonl [RULES.md]

Nothing of the program is used. From a ``challenge_resolved`` only the ratings, the theory and the rung aimed at are
taken; weights, contributions, credibilities, margin, percent, band and weakest links are worked out anew and compared.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from math import isqrt
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent.parent / "rules.md"
LINKS = ("capability", "will", "free", "clarity", "cost")
PRESSURE, RESTRAINT = "pressure", "restraint"

Row = list[str]


def tables_of(text: str) -> dict[str, list[Row]]:
    """Return the rows of every named table, heads first, without the rule below the heads."""
    found = {}
    for name, body in re.findall(r"<!-- table ([a-z-]+) -->\n(.*?)<!-- /table -->", text, re.DOTALL):
        rows = [
            [cell.strip() for cell in line.strip().strip("|").split("|")] for line in body.splitlines() if "|" in line
        ]
        found[name] = [rows[0], *rows[2:]]
    return found


def _over(number: int, by: int) -> int:
    """Divide, to the nearest whole number, halves away from nought (rule 1.6)."""
    whole = (2 * abs(number) + by) // (2 * by)
    return whole if number >= 0 else -whole


def _half(rating: object) -> int:
    return round(float(str(rating)) * 2)


class Hand:
    """Someone with rules.md, a pencil and patience."""

    def __init__(self, text: str) -> None:
        tables = tables_of(text)
        heads, values = tables["scale"]
        self.s = {_half(head): int(value) for head, value in zip(heads[1:], values[1:], strict=True)}
        self.odds = sorted(
            (int(row[at + 1]), int(row[at]))
            for row in tables["odds"][1:]
            for at in range(0, len(row), 2)
            if row[at + 1]
        )
        clarities = [_half(head.split()[1]) for head in tables["credibility"][0][1:]]
        self.believed = {
            (_half(row[0]), clarity): int(cell)
            for row in tables["credibility"][1:]
            for clarity, cell in zip(clarities, row[1:], strict=True)
        }
        self.theories = {
            theory: {row[0]: row[place] for row in tables["theories"][1:]}
            for place, theory in enumerate(tables["theories"][0])
            if theory
        }
        self.zone = {row[0]: row[3] for row in tables["rungs"][1:]}
        self.press = [(int(row[0].split()[-1]), int(row[1])) for row in tables["press"][1:]]

    def percent(self, result: int) -> int:
        """Look a result up in the table of odds (rule 6.2)."""
        return max([percent for least, percent in self.odds if least <= result], default=1)

    def weight(self, theory: str, name: str, to: str) -> int:
        """Return the weight of a term for a step to a rung (rule 6.3)."""
        column = self.theories[theory]
        weight = int(column[name])
        share = column.get(f"{name} adjusted: {self.zone[to]}", "100%")
        return _over(weight * int(share.rstrip("%")), 100)

    def credibility(self, theory: str, threat: dict[str, Any]) -> int:
        """Return how far a threat is believed (rule 6.4)."""
        lowest = min(_half(threat[link]) for link in LINKS[:3])
        floor = int(self.theories[theory].get(f"floor of {threat['slot']}", "0"))
        return max(floor, self.believed[lowest, _half(threat["clarity"])])

    def worth(self, theory: str, threat: dict[str, Any]) -> int:
        """Return credibility times s(cost), by which threats in one slot are compared (rule 6.1)."""
        return self.credibility(theory, threat) * self.s[_half(threat["cost"])]

    def counting(self, theory: str, threats: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return for each slot the threat that counts (rule 6.1)."""
        found: dict[str, dict[str, Any]] = {}
        for threat in threats:
            slot = threat["slot"]
            if slot not in found or self.worth(theory, threat) > self.worth(theory, found[slot]):
                found[slot] = threat
        return found

    def slot(self, theory: str, slot: str, to: str, threats: Iterable[dict[str, Any]]) -> int:
        """Return what a slot of threats adds."""
        best = max(self.worth(theory, threat) for threat in threats if threat["slot"] == slot)
        return _over(self.weight(theory, slot, to) * best, 1_000_000)

    def plain(self, theory: str, term: dict[str, Any], to: str, rating: int) -> int:
        """Return what a term that is no threat adds at this rating in half points (rule 6.2)."""
        weight = self.weight(theory, term["name"], to)
        if term["name"] == "nerve":
            return -_over(weight * (rating - 6), 2)
        added = _over(weight * self.s[rating], 1000)
        return -added if term["side"] == PRESSURE else added

    def check(self, found: dict[str, Any]) -> dict[str, Any]:
        """Work out a check from its theory, its rung and its ratings."""
        theory, to, threats = found["theory"], found["to"], found["threats"]
        slots = list(dict.fromkeys(threat["slot"] for threat in threats))
        plain = [term for term in found["terms"] if term["name"] not in slots]
        added = [self.plain(theory, term, to, _half(term["rating"])) for term in plain]
        added += [self.slot(theory, term["name"], to, threats) for term in found["terms"] if term["name"] in slots]
        margin, constant = sum(added), int(self.theories[theory]["constant K"])
        falls, rises = self._shifts(theory, to, plain, threats)
        result = constant + margin
        counting = self.counting(theory, threats)
        return {
            "contributions": added,
            "weights": [self.weight(theory, term["name"], to) for term in found["terms"]],
            "credibility": [self.credibility(theory, threat) for threat in threats],
            "counts": [counting[threat["slot"]] is threat for threat in threats],
            "links": [_lowest(threat) for threat in threats],
            "constant": constant,
            "margin": margin,
            "percent": self.percent(result),
            "band": [self.percent(result - falls), self.percent(result + rises)],
            "weakest": self.weakest(theory, to, threats),
        }

    def _shifts(
        self, theory: str, to: str, plain: list[dict[str, Any]], threats: list[dict[str, Any]]
    ) -> tuple[int, int]:
        """Return how far the band reaches down and up (rule 6.9)."""
        moved = []
        for term in plain:
            rating = _half(term["rating"])
            now = self.plain(theory, term, to, rating)
            moved.append([self.plain(theory, term, to, other) - now for other in _a_point_off(rating)])
        for threat in threats:
            now = self.slot(theory, threat["slot"], to, threats)
            for link in LINKS:
                tried = []
                for other in _a_point_off(_half(threat[link])):
                    changed = [{**each, link: other / 2} if each is threat else each for each in threats]
                    tried.append(self.slot(theory, threat["slot"], to, changed) - now)
                moved.append(tried)
        falls, rises = sum(min(0, *each) ** 2 for each in moved), sum(max(0, *each) ** 2 for each in moved)
        return isqrt(falls), isqrt(rises)

    def weakest(self, theory: str, to: str, threats: list[dict[str, Any]]) -> str:
        """Return the weakest link of the check (rule 6.4), or nothing where no point more would add."""
        name, most = "", 0
        for threat in threats:
            lowest = min(_half(threat[link]) for link in LINKS[:3])
            lifted = {**threat}
            for link in LINKS[:3]:
                if _half(threat[link]) == lowest:
                    lifted[link] = min(10, lowest + 2) / 2
            changed = [lifted if each is threat else each for each in threats]
            gain = self.slot(theory, threat["slot"], to, changed) - self.slot(theory, threat["slot"], to, threats)
            if gain > most:
                name, most = f"{threat['name']}.{_lowest(threat)}", gain
        return name

    def face(self, percent: int) -> int:
        """Return the face that pressing on costs (rule 6.8)."""
        return next(face for high, face in self.press if percent <= high)


def _lowest(threat: dict[str, Any]) -> str:
    return min(LINKS[:3], key=lambda link: (_half(threat[link]), LINKS.index(link)))


def _a_point_off(rating: int) -> tuple[int, int]:
    return max(2, rating - 2), min(10, rating + 2)


def differences(hand: Hand, found: dict[str, Any]) -> Iterator[str]:
    """Yield where a logged check and the hand's disagree."""
    mine = hand.check(found)
    terms, threats = found["terms"], found["threats"]
    logged = {
        "contributions": [term["contribution"] for term in terms],
        "weights": [term["weight"] for term in terms],
        "credibility": [threat["credibility"] for threat in threats],
        "counts": [threat["counts"] for threat in threats],
        "links": [threat["weakest"] for threat in threats],
        **{name: found[name] for name in ("constant", "margin", "percent", "band", "weakest")},
    }
    for name, value in mine.items():
        if value != logged[name]:
            yield f"{name}: logged {logged[name]}, by hand {value}"
    steps_over = found["die"] > mine["percent"]
    if found["outcome"] in ("taken", "deterred", "pressed-on") and steps_over != (found["outcome"] == "taken"):
        yield f"outcome: logged {found['outcome']} with die {found['die']} against {mine['percent']} percent"


def checked(text: str, log: Iterable[str]) -> tuple[int, list[str]]:
    """Return how many checks of a log were worked out again, and every disagreement.

    The die of a firebreak must be the same each time (rule 6.5), and pressing on must cost what it costs (rule 6.8).
    """
    hand, count, wrong = Hand(text), 0, []
    kept: dict[tuple[str, str, str], int] = {}
    rolled: dict[str, Any] = {}
    for line in log:
        event = json.loads(line)
        kind = event.get("event")
        if kind == "challenge_rolled":
            rolled = event
            if event["firebreak"]:
                key = (event["challenger"], event["dyad"], event["firebreak"])
                if kept.setdefault(key, event["die"]) != event["die"]:
                    wrong.append(f"event {event['seq']}: another die for {key}")
        for change in event.get("changes", ()):
            if change["track"].endswith(".reopened"):
                kept = {key: die for key, die in kept.items() if key[1] != change["track"].split(".")[0]}
        if kind == "pressed_on":
            wrong += [f"event {event['seq']}: {each}" for each in _overpaid(hand, event, rolled)]
        if kind == "challenge_resolved" and event["terms"]:
            count += 1
            wrong += [f"event {event['seq']}: {each}" for each in differences(hand, event)]
    return count, wrong


def _overpaid(hand: Hand, event: dict[str, Any], rolled: dict[str, Any]) -> Iterator[str]:
    due = hand.face(rolled["percent"])
    for change in event["changes"]:
        if change["track"] == f"{event['capital']}.face":
            paid = change["old"] - change["new"]
            if paid != min(due, change["old"]):
                yield f"pressing on cost {paid} face, by hand {due}"


def main(log: str, rules: str = str(RULES)) -> int:
    """Check a log and say what was found."""
    with Path(log).open(encoding="utf-8") as lines:
        count, wrong = checked(Path(rules).read_text("utf-8"), lines)
    print(*wrong, f"{count} checks worked out by hand, {len(wrong)} disagreements", sep="\n")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
