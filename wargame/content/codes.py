"""Every code a check may print: what it stands for, how grave it is, why it matters, and an example with its mending.

Errors keep content from being played and are found whenever it is read. Warnings and notes are found by ``wargame content
check`` alone (:mod:`wargame.content.review`); there a warning is most likely a slip, a note is worth knowing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES: Final = (ERROR, WARNING, NOTE)
"""The gravest first."""


@dataclass(frozen=True)
class Code:
    """A kind of finding. ``name`` completes "this is ..."; ``example`` shows it, ``mended`` the same put right."""

    code: str
    severity: str
    name: str
    text: str
    example: str
    mended: str


def severity_of(code: str) -> str:
    """Return how grave a code is."""
    return CODES[code].severity if code in CODES else ERROR


_FILES: Final = (
    Code(
        "WG001",
        ERROR,
        "a file that cannot be read",
        "The path leads to nothing, to a folder with the name of a file or with no content file in it, to a device, or to a "
        "file that the system does not let you read. Nothing in it was checked.",
        "wargame content check my-dekc.toml",
        "wargame content check my-deck.toml",
    ),
    Code(
        "WG002",
        ERROR,
        "a file that is too large",
        "A content file has at most 1 MB and about 100,000 keys and values, a folder at most 2,000 content files. A deck of a "
        "hundred cards needs a tenth of that; something else has come in.",
        "deck.toml, 9 MB",
        "deck.toml without the picture that was pasted into it",
    ),
    Code(
        "WG003",
        ERROR,
        "a file that is not UTF-8 text",
        "Content is plain text in UTF-8. Some editors write UTF-16 or an older encoding unless they are told otherwise; the "
        "line named is the first that cannot be read.",
        'title = "Caf\\xe9"   (saved as Latin-1)',
        'title = "Café"   (the same file saved as UTF-8)',
    ),
    Code(
        "WG004",
        ERROR,
        "a file that is not TOML",
        "The file breaks the grammar of TOML on the line named, most often by a quotation mark or a bracket that is not "
        "closed, or a key that stands twice in one table. Nothing after that line was checked.",
        'title = "An offer',
        'title = "An offer"',
    ),
    Code(
        "WG005",
        ERROR,
        "a file whose format is missing or unknown",
        "The first line of a content file says which version of the content language it is written in, so that a later "
        "program knows how to read it.",
        '[[card]]\nid = "fog"',
        'format = "wargame/1"\n\n[[card]]\nid = "fog"',
    ),
    Code(
        "WG006",
        ERROR,
        "a file outside its folder",
        "A link in a content folder leads out of that folder. It is not followed: a folder that somebody hands on should not "
        "read anything else of yours.",
        "my-content/cards.toml -> ../elsewhere/cards.toml",
        "my-content/cards.toml, a copy of that file",
    ),
)

_SHAPES: Final = (
    Code(
        "WG101",
        ERROR,
        "an unknown key or table",
        "No table of this kind has such a key. The hint names the nearest one that it has. An unknown key is never passed "
        "over, because a misspelt one would otherwise do nothing, silently.",
        'titel = "Fog"',
        'title = "Fog"',
    ),
    Code(
        "WG102",
        ERROR,
        "a missing key",
        "The thing cannot be used without this key, or without one of two that belong together, such as a card's asks and its "
        "options.",
        '[[concept]]\nid = "window"\nname = "Window"',
        '[[concept]]\nid = "window"\nname = "Window"\ntext = "A stretch of time after which the step would be harder."',
    ),
    Code(
        "WG103",
        ERROR,
        "a value of the wrong kind",
        "Text stands where a number belongs, a table where a list does, or the like. Values are not bent into another kind: "
        '"5" is a text and 5 a number.',
        'turns = "5"',
        "turns = 5",
    ),
    Code(
        "WG104",
        ERROR,
        "a value that is not allowed",
        "The value is of the right kind and still none of those that fit: a word outside a list, a number out of range, an id "
        "with capital letters.",
        'kind = "fictional"',
        'kind = "plausible"',
    ),
    Code(
        "WG105",
        ERROR,
        "characters that do not belong in text",
        "Control characters, marks that turn the direction of writing, and characters of no width can make a text look "
        "other than it is. They usually come with text that was copied from a page.",
        'name = "Zero\\u200bwidth"',
        'name = "Zero width"',
    ),
    Code(
        "WG106",
        ERROR,
        "a text that is too long",
        "What is read aloud stays under 60 words, a briefing under 400; names have at most 100 characters. People at a table "
        "stop listening before that.",
        'text = "sixty words and more"',
        'text = "What happened, in two sentences."',
    ),
)

_NAMES: Final = (
    Code(
        "WG201",
        ERROR,
        "an id that is used twice",
        "Two things of one kind have the same id, so that nobody could say which is meant. The message names both places.",
        '[[card]]\nid = "fog"\n...\n[[card]]\nid = "fog"',
        '[[card]]\nid = "fog"\n...\n[[card]]\nid = "more-fog"',
    ),
    Code(
        "WG202",
        ERROR,
        "a replacement of nothing",
        "replaces names the thing whose place this one takes, and there is no such thing.",
        'replaces = "fogg"',
        'replaces = "fog"',
    ),
    Code(
        "WG301",
        ERROR,
        "a name that does not exist",
        "A capital, dyad, rung, track, card or other thing is named that nobody has. A name that only another scenario or "
        "ladder has is no fault: there it stands for nothing.",
        'when = ["karsk.redyness >= 2"]',
        'when = ["karsk.readiness >= 2"]',
    ),
    Code(
        "WG302",
        ERROR,
        "a sentence that cannot be read",
        "Conditions, effects, orders and declarations are sentences with a fixed form (docs/content.md, sections 3 and 8). "
        "The message says which form belongs here.",
        'then = ["velm.face plus 1"]',
        'then = ["velm.face + 1"]',
    ),
    Code(
        "WG303",
        ERROR,
        "a value that does not fit its track",
        "A number outside the range of its track, a half point on a track of whole points, or a word that the track has not.",
        'when = ["velm.face >= 12"]',
        'when = ["velm.face >= 9"]',
    ),
    Code(
        "WG304",
        ERROR,
        "a number only the program moves",
        "Rungs, peaks, the turn and outcomes follow from play. No effect moves them and no start sets them; a card moves a "
        "dyad by take, a scenario starts it by its stack.",
        'then = ["karsk-velm.rung = war"]',
        'take = "karsk-velm war"',
    ),
    Code(
        "WG305",
        ERROR,
        "something that fits no rung, seat or role",
        "The name exists and does not belong here: a patron where a partner should stand, an order that its seat may never "
        "give, a rung below the one before it.",
        'partner = "oster"',
        'partner = "velm"',
    ),
    Code(
        "WG401",
        ERROR,
        "a missing sheet, track or justification",
        "Every pair that can climb needs a rating sheet, every rating a line in why, and the rules need their own tracks "
        "(docs/content.md, section 10).",
        "prize = 5",
        'prize = 5\n...\nwhy = { prize = "The toll would pay for the fleet." }',
    ),
    Code(
        "WG402",
        ERROR,
        "a reference that leads nowhere",
        "What is named is there and cannot be what is meant: a sheet given to another dyad, a theory based on itself, a card "
        "that takes a dyad to a rung to which no edge leads.",
        'id = "walls"\nbase = "walls"',
        'id = "walls"\nbase = "even"',
    ),
    Code(
        "WG501",
        ERROR,
        "a condition on what the seat may not see",
        "A capital may order only by what it can see; otherwise a refusal would tell it a secret. What is true of a rating "
        "is seen by its owner, what is believed by whoever holds the sheet.",
        'seat = "karsk"\nwhen = ["karsk>velm.denial.true >= 4"]',
        'seat = "karsk"\nwhen = ["karsk>velm.denial.seen >= 4"]',
    ),
    Code(
        "WG601",
        ERROR,
        "a weight that does not come out whole",
        "Weights are kept in whole thousandths so that every machine computes the same percentage. A product of base and "
        "times counts too.",
        "times = { denial = 1.0003 }",
        "times = { denial = 1.05 }",
    ),
)

_LADDER: Final = (
    Code(
        "WG701",
        WARNING,
        "a rung that cannot be reached",
        "From where the dyads of every scenario on this ladder begin, no edge, accident, card or hazard ever leads to this "
        "rung: nobody may take the edge, or its conditions never hold. Of a ladder that no scenario uses, all edges count.",
        '[[ladder.rung]]\nid = "reprisal"\n# and no edge has "reprisal" in `to`',
        '[[ladder.edge]]\ntype = "up"\nfrom = ["war"]\nto = ["reprisal"]\nwho = ["challenger"]',
    ),
    Code(
        "WG702",
        WARNING,
        "a one-way door that is not declared",
        "No landing leads from this rung: whoever stands on it can only climb on or step down alone, at a price in face. "
        "Talks have nowhere to land. That may be meant, above all at the top; then the rung says so.",
        '[[ladder.rung]]\nid = "ruin"\n# and no landing has "ruin" in `from`',
        '[[ladder.rung]]\nid = "ruin"\none_way = true',
    ),
    Code(
        "WG703",
        WARNING,
        "a way that nobody can take",
        "No capital of any scenario on this ladder can ever use this edge or landing: nobody has the role, the rung it starts "
        "from is never reached, or its conditions never hold.",
        'type = "up"\nfrom = ["demand"]\nto = ["closure"]\nwho = ["patron"]   # where no patron is a party',
        'type = "up"\nfrom = ["demand"]\nto = ["closure"]\nwho = ["challenger"]',
    ),
)

_CARDS: Final = (
    Code(
        "WG711",
        WARNING,
        "a card that can never come",
        "In no scenario that draws its deck or names it can this card's conditions hold: they ask for what is never there, for "
        "a value that nothing brings about, or only for capitals of other scenarios. Conditions are judged one number at a "
        "time and generously, so that a card named here really cannot come.",
        'when = ["velm.has-fleet = yes"]   # and nothing sets it',
        'when = ["velm.has-long-range = yes"]',
    ),
    Code(
        "WG712",
        WARNING,
        "conditions that contradict each other",
        "Two of the conditions that must hold together exclude each other, whatever the state of play. All conditions of a "
        'list must hold; for "either, or" put them into a list inside the list.',
        'when = ["ys.rung < closure", "ys.rung >= war"]',
        'when = [["ys.rung < closure", "ys.rung >= war"]]',
    ),
    Code(
        "WG713",
        WARNING,
        "an option that nobody can choose",
        "The option's conditions never hold when the card can come, or it costs more influence than the capital that is asked "
        "can have. The choice looks wider than it is.",
        'asks = "velm"\n[[card.option]]\nid = "buy"\ncost = 9',
        'asks = "velm"\n[[card.option]]\nid = "buy"\ncost = 2',
    ),
    Code(
        "WG714",
        ERROR,
        "a card that asks a capital that is not there",
        "A scenario that draws this card has no such capital, so the table would wait for an answer that nobody gives. Put the "
        "card into a pack that this scenario does not name, into a deck of its own, or let it come only where the capital "
        "is: conditions that name an absent capital never hold.",
        'asks = "tolm"   # drawn where nobody sits in Tolm',
        'asks = "tolm"\nwhen = ["tolm.face >= 0"]',
    ),
    Code(
        "WG715",
        WARNING,
        "an inject that can never come",
        "The scenario schedules a card for a turn after the last one, or under conditions that never hold, or unless "
        "something that always holds.",
        "turns = 6\n[[scenario.inject]]\nturn = 9",
        "turns = 6\n[[scenario.inject]]\nturn = 5",
    ),
)

_ORDERS: Final = (
    Code(
        "WG721",
        WARNING,
        "a measure that nobody can afford",
        "The measure costs more than any capital that may order it can ever hold: a turn's income, what it may keep from the "
        "turn before, and what cards and measures may add.",
        "cost = 9   # income 4, of which 1 can be kept",
        "cost = 4",
    ),
    Code(
        "WG722",
        WARNING,
        "a measure that can never be ordered",
        "In every scenario that has it the conditions of this measure never hold, or no scenario has it at all: no capital of "
        "`by` is there, or no scenario names its pack.",
        'pack = "standrad"',
        'pack = "standard"',
    ),
    Code(
        "WG723",
        NOTE,
        "a measure that no doctrine orders",
        "Only people will ever order it: in simulated games, and where a capital is played by the program, it does not exist. "
        "A wish in a doctrine mends that.",
        '[[measure]]\nid = "raise-steam"',
        'prefer = [{ order = "raise-steam", weight = 4, why = "..." }]',
    ),
    Code(
        "WG724",
        WARNING,
        "a wish that can never be granted",
        "A doctrine wishes for an order that its seat can never give: the conditions of the wish and those of the measure, "
        "edge or landing exclude each other, the measure is not in the scenario, or it cannot be paid.",
        '{ order = "raise-steam", when = ["karsk.readiness = 3"], ... }   # the measure asks for readiness < 3',
        '{ order = "raise-steam", when = ["karsk.readiness < 2"], ... }',
    ),
)

_EFFECTS: Final = (
    Code(
        "WG731",
        WARNING,
        "an effect on something absent",
        "In every scenario that has the thing this sentence comes out as nothing: the capital, sheet, threat or bond it names "
        "is not there. It is dropped without a word.",
        'then = ["challenger>target.own-nuc.cost + 1"]   # no sheet has such a threat',
        'then = ["challenger>target.own.cost + 1"]',
    ),
    Code(
        "WG732",
        WARNING,
        "a capability that is never granted",
        "Conditions ask for a value of this track that nothing ever brings about: no effect moves it, no scenario starts with "
        "it, nothing is inherited, and the rules do not keep it. Whatever waits for it waits in vain.",
        'when = ["velm.has-porcupine = yes"]   # and no effect sets it',
        'fielded = ["target.has-porcupine = yes"]',
    ),
    Code(
        "WG733",
        NOTE,
        "a number that nothing moves",
        "The track keeps its starting value in every scenario: no effect names it and the rules do not keep it. As a fact "
        "about a scenario that may be meant.",
        '[[track]]\nid = "reputation"',
        'then = ["world.reputation = global"]',
    ),
    Code(
        "WG734",
        NOTE,
        "a number that nothing reads",
        "No condition, hazard, objective or check depends on this track and the rules do not either. Moving it changes nothing "
        "but what people see.",
        '[[track]]\nid = "mood"',
        'when = ["world.mood >= 4"]',
    ),
    Code(
        "WG735",
        WARNING,
        "a consequence that can never follow",
        "This reaction, standing effect or shift never comes in any scenario: its moment cannot arise, its conditions cannot "
        "hold, or all of its effects come out as nothing.",
        'on = "neglected"   # and no patron has two partners',
        'on = "deterred"',
    ),
)

_TEXTS: Final = (
    Code(
        "WG741",
        NOTE,
        "a text that is long to read aloud",
        "It is under the limit and still longer than a table listens to well. A sentence less is usually a better card.",
        'text = "57 words"',
        'text = "45 words"',
    ),
    Code(
        "WG742",
        NOTE,
        "a sentence that is long to read aloud",
        "Whoever reads aloud has to breathe. Sentences of more than about thirty-five words are lost on half of a table.",
        'text = "Because it had been agreed that, in case of ..., and although ..."',
        'text = "It had been agreed. It was forgotten."',
    ),
    Code(
        "WG743",
        NOTE,
        "a word that is long to read aloud",
        "A plain word reads better, and is known to those whose language this is not.",
        'text = "Internationalisation of the straits"',
        'text = "The straits are to be open to all"',
    ),
    Code(
        "WG744",
        WARNING,
        "markup in a text",
        "Texts are printed as they stand, on paper, on a screen and in a terminal. Tags, asterisks for emphasis, links in "
        "brackets and colour codes would be seen by everybody.",
        'text = "**Nobody** answered."',
        'text = "Nobody answered."',
    ),
    Code(
        "WG745",
        WARNING,
        "shouting",
        "Words in capital letters and rows of exclamation marks do the reader's thinking. A quiet sentence frightens more.",
        'text = "NOBODY answers!!"',
        'text = "Nobody answers."',
    ),
    Code(
        "WG746",
        WARNING,
        "private facts in a public text",
        "A text that everybody may read repeats what only some may: ten words in a row from a card, a brief, an answer or a "
        "message for others, the title of a private card, the address of a rating that is hidden, or its value called "
        "true. Only what is repeated in the same words can be found; what is said in other words cannot.",
        'briefing = "... The staff in Karsk thinks the batteries are empty."   # from the brief of Karsk',
        'briefing = "... Little is known of the batteries."',
    ),
    Code(
        "WG747",
        WARNING,
        "the name of a leader",
        "Exercises are about offices and capitals. A person's name makes players argue about that person, and dates the "
        "text. The list has holders of high office since 1945 in the states these scenarios are about; names that are also "
        "common words count only after an office, and places named after people not at all.",
        'text = "President Kennedy speaks at noon."',
        'text = "The President speaks at noon."',
    ),
    Code(
        "WG748",
        WARNING,
        "the name of a weapon system",
        "What counts here is what a means does to beliefs, not its make. Names and type numbers invite talk about "
        "equipment and age quickly.",
        'text = "ATACMS are promised."',
        'text = "Longer reach is promised."',
    ),
    Code(
        "WG749",
        WARNING,
        "a question that asks nothing",
        "Every card and every scenario ends with a question for the debrief, and a question ends with a question mark.",
        'question = "Discuss credibility."',
        'question = "Who was believed, and why?"',
    ),
)

_DECKS: Final = (
    Code(
        "WG751",
        NOTE,
        "history without a source",
        'The card says that it happened, and that nobody has looked it up: its source is "unverified". It is printed with '
        "that word beside it.",
        'kind = "historical"\nsource = "unverified"',
        'kind = "historical"\nsource = "Reuters, 20 February 2022"',
    ),
    Code(
        "WG752",
        WARNING,
        "a card from a later time",
        "A scenario that draws this card ends well before its date: more than a year after it begins, and after its last turn. "
        "People at the table will notice.",
        "begins = 1994-12-01\n...\ndate = 2014-03-18",
        'deck = "later"   # which this scenario does not draw',
    ),
    Code(
        "WG753",
        WARNING,
        "a card that is not what its kind says",
        "A plausible card is fiction and has no date, neither as a key nor in its text; a historical one tells what "
        "happened and does not ask anyone to imagine it.",
        'kind = "plausible"\ndate = 2022-02-21',
        'kind = "historical"\ndate = 2022-02-21',
    ),
    Code(
        "WG754",
        WARNING,
        "a deck that helps one side",
        "Nearly all cards of this deck that touch a check move it the same way: for those who are deterred, or for those who "
        "deter. Each term counts by the way it works in the check; options count half each of two, and so on. "
        "Decks that teach are drawn from both sides.",
        'then = ["karsk>velm.denial + 1"]   # as on every other card',
        'then = ["karsk>velm.window + 1"]   # on some of them',
    ),
    Code(
        "WG755",
        NOTE,
        "a concept that nothing teaches",
        "No card, measure or lesson names this concept, so nobody will meet it at the table.",
        '[[concept]]\nid = "tripwire"',
        '[[card]]\nconcept = "tripwire"',
    ),
)

_SCENARIOS: Final = (
    Code(
        "WG761",
        WARNING,
        "an objective that is always met",
        "Whatever happens, this objective is worth the same share of its points, so that it asks nothing of the seat.",
        'share = [{ percent = 100, when = ["velm.face >= 0"] }]',
        'share = [{ percent = 100, when = ["velm.face >= 6"] }]',
    ),
    Code(
        "WG762",
        WARNING,
        "an objective that can never be met",
        "No share of this objective can ever count: its conditions ask for what never comes.",
        'share = [{ percent = 100, when = ["ys.outcome = treaty", "ys.outcome = kept"] }]',
        'share = [{ percent = 100, when = [["ys.outcome = treaty", "ys.outcome = kept"]] }]',
    ),
    Code(
        "WG763",
        WARNING,
        "an ending that can never come",
        "The conditions of this ending or theatre outcome never hold, and no landing leads to it.",
        'when = ["world.peak >= ruin"]   # on a ladder whose highest rung is never reached',
        'when = ["world.peak >= war"]',
    ),
    Code(
        "WG764",
        WARNING,
        "an ending that hides those after it",
        "Endings are read in order and the first that holds counts. Whenever one of the later ones holds, this one does too, "
        "so the later one is never read. Put the narrower one first.",
        'id = "war"\nwhen = ["ys.rung >= war"]\n...\nid = "long-war"\nwhen = ["ys.rung >= war", "ys.war-still >= 2"]',
        'id = "long-war"   # first\n...\nid = "war"',
    ),
    Code(
        "WG765",
        WARNING,
        "nuclear use without a way to decline it",
        "Nuclear use can be reached here. A table may decline that branch beforehand; then the exercise fades to the debrief "
        "at that point, and needs an ending for it.",
        '[[scenario.ending]]\nid = "general-nuclear-war"',
        '[[scenario.ending]]\nid = "faded"\nwhen = ["world.faded = yes"]\nat_once = true\nscore_percent = 40',
    ),
    Code(
        "WG766",
        WARNING,
        "no content warnings",
        "War or nuclear use can be reached here, and nobody is told before play. `warnings` takes one line each.",
        'title = "February 2022"',
        'title = "February 2022"\nwarnings = ["A real war stands behind this."]',
    ),
    Code(
        "WG767",
        NOTE,
        "nothing that says what the scenario is for",
        "A scenario that teaches has either lessons, told turn by turn, or an acceptance list: what must come out of it, "
        "checked by the program.",
        "[scenario]",
        '[[scenario.accept]]\ntext = "A war without aid is likely."\nchallenge = "karsk>velm war"\npercent = [15, 35]',
    ),
    Code(
        "WG768",
        WARNING,
        "a seat with fewer than two doctrines",
        "A capital that the program plays does the same in every game, and those who play against it soon know it.",
        'doctrines = ["both-shores"]',
        'doctrines = ["both-shores", "one-shore"]',
    ),
    Code(
        "WG769",
        NOTE,
        "no epilogue",
        "After the debrief people ask what happened in fact, or where the idea came from. The epilogue answers, dated and "
        "sober.",
        'question = "Who was believed?"',
        'question = "Who was believed?"\nepilogue = "On 24 February 2022 ..."',
    ),
)

CODES: Final[dict[str, Code]] = {
    each.code: each
    for part in (_FILES, _SHAPES, _NAMES, _LADDER, _CARDS, _ORDERS, _EFFECTS, _TEXTS, _DECKS, _SCENARIOS)
    for each in part
}
"""Every code, in rising order."""
