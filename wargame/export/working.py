"""The working of a check in words: what speaks for the step, what against it, each threat and its weakest link."""

from __future__ import annotations

from wargame.export import words
from wargame.rules.box import Box
from wargame.rules.events import ChallengeResolved, ChallengeRolled, Term, ThreatTerm

Check = ChallengeRolled | ChallengeResolved


def step(box: Box, check: Check) -> str:
    """Return the step that is checked: ``A's step against B, from "..." to "..."``."""
    challenger, target = words.capital(box, check.challenger), words.capital(box, check.target)
    source, to = words.rung(box, check.source), words.rung(box, check.to)
    return f"{challenger}'s step against {target}, from {source} to {to}"


def is_known(check: Check) -> bool:
    """Whether the terms of the check are there, or were cut for the side that reads."""
    return bool(check.terms)


def estimate(box: Box, check: Check) -> str:
    """Return the staff estimate in one sentence."""
    low, high = check.band
    return (
        f"By the theory {words.theory(box, check.theory)}, the staff put the chance that the step is not taken at "
        f"{check.percent} percent ({low} to {high})."
    )


def weakest_link(box: Box, check: Check) -> str:
    """Return which link was weakest, in one sentence, or an empty string."""
    name, _, link = check.weakest.rpartition(".")
    if not link:
        return ""
    threat = next((each for each in check.threats if each.name == name), None)
    what = f'the threat "{name}"' + (f" of {words.capital(box, threat.owner)}" if threat else "")
    return f"The weakest link was {words.LINKS.get(link, link)}, in {what}."


def terms(check: Check) -> list[str]:
    """Return the terms as two sentences, what speaks for the step and what against it, and the sum."""
    found = []
    for side, text in (("pressure", "For the step"), ("restraint", "Against it")):
        listed = [_term(each) for each in check.terms if each.side == side]
        if listed:
            found.append(f"{text}: {', '.join(listed)}.")
    margin, constant = words.thousandths(check.margin), words.thousandths(check.constant)
    return [*found, f"Together {margin}, with the theory's constant of {constant}."]


def threats(box: Box, check: Check) -> list[str]:
    """Return one sentence for each threat, with its links and its credibility."""
    return [_threat(box, each) for each in check.threats]


def working(box: Box, check: Check) -> list[str]:
    """Return the whole working, a sentence each; only what the reader may see."""
    if not is_known(check):
        return []
    found = [estimate(box, check), *terms(check), *threats(box, check)]
    weakest = weakest_link(box, check)
    return [*found, weakest] if weakest else found


def _term(term: Term) -> str:
    return f"{term.name} {words.points(term.rating)} ({words.thousandths(term.contribution)})"


def _threat(box: Box, threat: ThreatTerm) -> str:
    links = ", ".join(f"{text} {words.points(getattr(threat, link))}" for link, text in words.LINKS.items())
    counts = "" if threat.counts else "; a more credible one counts in its place"
    believed = f"credibility {words.thousandths(threat.credibility)[1:]}"
    weakest = f"weakest link {words.LINKS.get(threat.weakest, threat.weakest)}"
    return f'The threat "{threat.name}" of {words.capital(box, threat.owner)}: {links}; {believed}, {weakest}{counts}.'
