"""Names and phrases: how places, orders, declarations and numbers are called in running text.

Texts are plain, without markup or line ends; those who print them make them safe for where they print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from wargame.rules.box import Box, Outcome
from wargame.rules.orders import Climb, Declaration, Deed, Move, Reply, Sheet, StepDown, Take, Terms
from wargame.rules.tracks import Change

LINKS: Final = {
    "capability": "capability",
    "will": "will",
    "free": "freedom to act",
    "clarity": "clarity",
    "cost": "cost",
}
"""Links of a threat as people call them."""

TERMS: Final = {
    "prize": "what the step would win",
    "loss": "how hard the present state of things is to bear",
    "window": "the belief that later is worse",
    "audience": "what backing down in public would cost now",
    "fear": "fear of the other side's own designs",
    "nerve": "acceptance of risk; 3 adds nothing",
    "denial": "the belief that there would be no quick and cheap success",
    "assure": "the belief that restraint will be honoured and not exploited",
    "own": "the punishment the one attacked can deal out itself",
    "econ": "sanctions and isolation",
    "mil": "the forces of the patron, or of the great power on the other side",
    "nuc": "nuclear risk",
}
"""Terms of a check in words (rule 6.1)."""

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ID: Final = re.compile(r"[a-z][a-z0-9-]*")
_CONDITION: Final = re.compile(r"([a-z][a-z0-9>-]*)\.([a-z][a-z0-9.-]*) *(<=|>=|!=|=|<|>) *(\S+(?: 1/2)?)")
_SIGNS: Final = {"=": "is", "!=": "is not", "<": "below", "<=": "at most", ">=": "at least", ">": "above"}


def capital(box: Box, id_: str) -> str:
    """Return a capital's name; a side that is none keeps its own."""
    found = box.capital.get(id_)
    return found.name if found else id_.replace("-", " ")


def capitals(box: Box, ids: Iterable[str]) -> str:
    """Return several capitals as ``A, B and C``."""
    return listed([capital(box, id_) for id_ in ids])


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as ``a, b and c``."""
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def many(number: int, what: str) -> str:
    """Return a count with its noun: ``one turn``, ``three turns``, ``12 turns``."""
    count = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)
    return f"{count} {what}" if number == 1 else f"{count} {what}s"


def sentence(text: str) -> str:
    """Return text with a capital first letter and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def rung(box: Box, id_: str) -> str:
    """Return a rung's name in quotation marks."""
    place = box.rung_number.get(id_)
    return f'"{box.ladder.rungs[place].name if place is not None else id_}"'


def dyad(box: Box, id_: str) -> str:
    """Return a dyad as its two capitals, ``A and B``, which takes a verb in the plural."""
    found = box.dyad.get(id_)
    return capitals(box, found.parties) if found else id_


def against(box: Box, who: str, id_: str) -> str:
    """Return whom a capital faces in a dyad, as ``against B``; for others, ``between A and B``."""
    found = box.dyad.get(id_)
    if found is None or who not in found.parties:
        return f"between {dyad(box, id_)}"
    return f"against {capital(box, found.other(who))}"


def theatre(box: Box, id_: str) -> str:
    """Return a theatre's name."""
    found = box.theatre.get(id_)
    return found.name if found else id_


def measure(box: Box, id_: str, target: str = "") -> str:
    """Return a measure's title and, unless the title says it, towards whom it is taken, who may be friend or foe."""
    found = box.measure.get(id_)
    title = found.title if found else id_
    whom = capital(box, target) if target else ""
    return f'"{title}" towards {whom}' if whom not in title else f'"{title}"'


def theory(box: Box, id_: str) -> str:
    """Return a theory's name."""
    found = box.theory.get(id_)
    return found.name if found else id_


def doctrine(box: Box, id_: str) -> str:
    """Return a doctrine's name."""
    found = box.doctrine.get(id_)
    return found.name if found else id_


def outcome(box: Box, id_: str) -> str:
    """Return the name of a theatre's outcome or of an ending."""
    for found in (*box.theatre_outcomes, *box.endings):
        if found.id == id_:
            return found.name
    return id_.replace("-", " ")


def share(ending: Outcome) -> str:
    """Return what part of the scores counts at an ending, or an empty string if all of it does."""
    return f"Scores count {ending.score_percent} percent at this ending." if ending.score_percent < 100 else ""


def date(text: str) -> str:
    """Return an ISO date as ``1 February 2022``; anything else as it is."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return text
    return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"


def named(box: Box, text: str) -> str:
    """Return text of the rules with the ids of rungs, dyads, theatres, capitals and measures replaced by their names."""
    return _ID.sub(lambda found: _name(box, found.group()), text)


def fault(box: Box, text: str) -> str:
    """Return what the rules say is wrong with an order in words: names for ids, and what it needs spelt out."""
    what, needs, clause = text.partition("needs ")
    return f"{named(box, what)}{needs}{condition(box, clause)}"


def condition(box: Box, text: str) -> str:
    """Return a clause of the content language in words: ``Ukraine: rung at least "..." or Kyiv: residual is yes``."""
    return listed([_condition(box, each) for each in text.split(" or ")], "or")


def _condition(box: Box, text: str) -> str:
    found = _CONDITION.fullmatch(text.strip())
    if found is None:
        return named(box, text)
    who, track, sign, bound = found.groups()
    return f"{subject(box, who)}: {track.replace('-', ' ').replace('.', ' ')} {_SIGNS[sign]} {_name(box, bound)}"


def _name(box: Box, id_: str) -> str:
    if id_ in box.rung_number:
        return rung(box, id_)
    if id_ in box.dyad:
        return f"the dyad of {dyad(box, id_)}"
    if id_ in box.measure:
        return measure(box, id_)
    if id_ in box.theatre:
        return theatre(box, id_)
    return capital(box, id_) if id_ in box.capital else id_


def points(number: float) -> str:
    """Return a rating in points: ``3``, ``3 1/2``."""
    whole, half = divmod(round(number * 2), 2)
    return f"{whole} 1/2" if half and whole else "1/2" if half else str(whole)


def thousandths(number: int) -> str:
    """Return whole thousandths as a signed decimal: ``+0.125``."""
    return f"{'-' if number < 0 else '+'}{abs(number) // 1000}.{abs(number) % 1000:03d}"


def order(box: Box, who: str, move: Move | Reply | Terms | Deed) -> str:
    """Return an order of ``who`` as a verb phrase in the infinitive, such as ``climb to "..." against ...``."""
    if isinstance(move, Take):
        return f"carry out {measure(box, move.measure, move.target)}"
    if isinstance(move, Climb):
        extra = ", pressing on if deterred" if move.press_on else ""
        extra += ", whatever its patron permits" if getattr(move, "defy", False) else ""
        return f"climb to {rung(box, move.to)} {against(box, who, move.dyad)}{extra}"
    if isinstance(move, StepDown):
        return f"step down {against(box, who, move.dyad).replace('against', 'towards')}"
    if isinstance(move, Reply):
        return f"if {dyad(box, move.dyad)} stand at {rung(box, move.rung)} or above, {order(box, who, move.then)}"
    if isinstance(move, Terms):
        return talks(box, who, move)
    told = " and say so" if move.announced else ""
    return f"set what {capital(box, move.partner)} is permitted to {permission(move.permission)}{told}"


def talks(box: Box, who: str, terms: Terms) -> str:
    """Return terms for talks as a verb phrase."""
    landing = box.landing.get(terms.landing)
    name = landing.name if landing else terms.landing
    offered = f", with {many(terms.concessions, 'concession')}" if terms.concessions else ""
    whom = against(box, who, terms.dyad).removeprefix("against ")
    return f'offer {whom} talks on "{name}"{offered}'


def permission(word: str) -> str:
    """Return a permission's word in quotation marks."""
    return f'"{word.replace("-", " ")}"'


def orders(box: Box, who: str, sheet: Sheet) -> list[str]:
    """Return everything on a sheet as verb phrases, in the order of the sheet."""
    found = [order(box, who, move) for move in sheet.moves]
    found += [order(box, who, dial) for dial in sheet.dials]
    found += [talks(box, who, terms) for terms in sheet.talks]
    if sheet.argued:
        found.append(f'do what is not on the list: "{sheet.argued}"')
    if sheet.reply is not None:
        found.append(order(box, who, sheet.reply))
    if sheet.priority:
        found.append(f"put {theatre(box, sheet.priority)} first")
    if sheet.break_faith:
        found.append("climb even over an agreement")
    return found


def promise(box: Box, who: str, said: Declaration) -> str:
    """Return what a declaration promises: ``if A and B reach "...", C will ...``."""
    deed = order(box, who, said.deed)
    return f"if {dyad(box, said.dyad)} reach {rung(box, said.rung)}, {capital(box, who)} will {deed}"


def subject(box: Box, id_: str) -> str:
    """Return what a track is about: a capital, a pair of them, a dyad, a theatre or the world."""
    if ">" in id_:
        first, _, second = id_.partition(">")
        return f"{capital(box, first)} towards {capital(box, second)}"
    if id_ in box.capital:
        return capital(box, id_)
    if id_ in box.dyad:
        return f"between {dyad(box, id_)}"
    if id_ in box.theatre:
        return theatre(box, id_)
    return id_.replace("-", " ")


def track_name(address: str) -> tuple[str, str]:
    """Return the two halves of an address: its subject and the name of the track."""
    first, _, rest = address.partition(".")
    return first, rest


def mark(word: str) -> str:
    """Return what a rung is marked with (``nuclear-use``) as it is said."""
    return word.replace("-", " ")


def value(box: Box, address: str, raw: int) -> str:
    """Return a raw number as people write it: points, a whole number or a word."""
    track = box.track[address]
    shown = track.shown(raw)
    if isinstance(shown, str):
        return rung(box, shown) if shown in box.rung_number else shown
    return points(shown) if track.half else str(shown)


def moved(box: Box, changes: Iterable[Change]) -> str:
    """Return what changes moved: ``North: face 6 to 5, nerve 3 to 2 1/2; ...``; an empty string for none.

    Where a track is kept as it is seen and as it is, the two are told as one when they moved alike.
    """
    by_subject: dict[str, dict[tuple[str, str], list[str]]] = {}
    for change in changes:
        first, rest = track_name(change.address)
        stem, _, kind = rest.rpartition(".")
        if kind not in ("seen", "true"):
            stem, kind = rest, ""
        old, new = value(box, change.address, change.old), value(box, change.address, change.new)
        until = f" until turn {change.until}" if change.until else ""
        step = (stem.replace(".", " ").replace("-", " "), f"{old} to {new}{until}")
        by_subject.setdefault(subject(box, first), {}).setdefault(step, []).append(kind)
    told = {who: [_step(*step, kinds) for step, kinds in steps.items()] for who, steps in by_subject.items()}
    return "; ".join(f"{who}: {', '.join(steps)}" for who, steps in told.items())


def _step(name: str, step: str, kinds: Sequence[str]) -> str:
    known = [kind for kind in ("seen", "true") if kind in kinds]
    return f"{name} {step} ({' and '.join(known)})" if known else f"{name} {step}"
