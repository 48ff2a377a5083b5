"""The print kit: nothing is missing, nothing is offered that the rules do not allow, and the pages stand alone."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.games import a_start, february, played, three_capitals
from wargame.cli import call
from wargame.errors import UsageError
from wargame.exercise import Exercise
from wargame.export.words import TERMS
from wargame.kit import aid, cards, conduct, forms, parts, poster, slips, wording
from wargame.kit.paper import A4, LETTER, MARGIN, Options
from wargame.kit.render import Pages
from wargame.pages import css_string
from wargame.rules.box import Box, Inject
from wargame.rules.conditions import holds
from wargame.rules.evolve import opening
from wargame.rules.legal import legal
from wargame.rules.orders import Branch, Sheet, Start
from wargame.rules.sight import look
from wargame.rules.state import ADJUDICATION, BELIEFS, ENDED, ORDERS, SIGNAL
from wargame.rules.view import PUBLIC

RULES = (Path(__file__).parents[1] / "rules.md").read_text("utf-8")
VOID = {"meta", "br", "col", "link", "input", "img", "hr"}


class Reader(HTMLParser):
    """Reads a page as strictly as a person who wrote it by hand would want."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.loose_heads = 0
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.loose_heads += tag == "th" and "scope" not in given
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))
        assert not {"src", "onclick", "onload", "srcset"} & given.keys(), tag
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@cache
def printed(name: str = "february", options: Options | None = None) -> Pages:
    box = february() if name == "february" else three_capitals()
    return parts.kit(box, opening(box), options or Options())


def said(page: str) -> str:
    return Reader(page).text


# What is printed


def test_every_part_is_printed_for_whom_it_is() -> None:
    box, pages = february(), printed()
    stems = {path.rpartition("/")[2].removesuffix(".html") for path in pages}
    for part in parts.PARTS:
        assert any(stem == part.name or stem.startswith(f"{part.name}-") for stem in stems), part.name
    for capital in box.capital:
        assert {f"teams/{capital}/{name}.html" for name in ("brief", "objectives", "orders", "beliefs")} <= pages.keys()
    assert {path.partition("/")[0] for path in pages} == {"teams", "table", "white-cell", "index.html"}


@pytest.mark.parametrize("name", ["february", "three"])
def test_pages_stand_alone_and_are_well_formed(name: str) -> None:
    for path, text in printed(name).items():
        page = Reader(text)
        assert text.startswith('<!doctype html>\n<html lang="en">'), path
        assert "<title>" in text, path
        assert page.tags["h1"] == 1, path
        assert page.tags["main"] == 1, path
        assert page.tags["script"] == page.tags["link"] == page.tags["img"] == page.tags["iframe"] == 0, path
        assert page.loose_heads == 0, path
        assert len(set(page.ids)) == len(page.ids), path
        assert "default-src 'none'" in text, path
        assert not re.search(r"https?:|url\((?!#tip)|@import|@font-face", text), path
        assert "@page" in text, path
        assert all(len(line) < 20_000 for line in text.splitlines()), path


def test_the_index_leads_to_every_page_and_to_nothing_else() -> None:
    pages = printed()
    index = Reader(pages["index.html"])
    assert sorted(index.links) == sorted(path for path in pages if path != "index.html")
    assert "For the white cell only" in index.text


def test_the_same_kit_is_the_same_to_the_byte() -> None:
    box = february()
    assert parts.kit(box, opening(box), Options()) == printed()


def test_every_page_says_whose_it_is() -> None:
    for path, text in printed().items():
        if path.startswith("teams/"):
            capital = february().capital[path.split("/")[1]]
            assert f"For {capital.name} only" in said(text)
        elif path.startswith("table/"):
            assert "For everybody" in said(text)
        elif path.startswith("white-cell/"):
            assert "For the white cell only" in said(text)


def test_parts_and_teams_that_do_not_exist_are_refused() -> None:
    box = february()
    with pytest.raises(UsageError, match='"orders"'):
        parts.kit(box, opening(box), Options(), ("order",))
    with pytest.raises(UsageError, match='"kyiv"'):
        parts.kit(box, opening(box), Options(), teams=("kiev",))
    some = parts.kit(box, opening(box), Options(), ("brief",), ("kyiv",))
    assert set(some) == {"teams/kyiv/brief.html", "index.html"}


# Order forms


def test_4_3_a_form_offers_exactly_what_is_legal_now() -> None:
    box = february()
    steps = [step.after for step in played(box, 3).steps if step.after.phase in (SIGNAL, ORDERS)]
    seen: Counter[str] = Counter()
    for state in steps[:: max(1, len(steps) // 12)]:
        for capital in box.capital:
            view = look(box, state, capital)
            allowed = legal(box, view)
            form = forms.forms(box, view, view)[0]
            assert (form.turn, form.exact) == (state.turn, True)
            assert form.influence == view.raw(box, f"{capital}.influence")
            assert sum(len(m.targets) or 1 for m in form.measures) == len(allowed.actions)
            listed = {(m.title, t) for m in form.measures for t in m.targets or ("",)}
            names = {c.id: c.name for c in box.capitals} | {"": ""}
            assert listed == {(box.measure[a.measure].title, names[a.target]) for a in allowed.actions}
            climbs = [climb.rung for ground in form.grounds for climb in ground.climbs]
            assert sorted(climbs) == sorted(box.ladder.rungs[step.target].id for step in allowed.steps)
            assert sum(bool(ground.down) for ground in form.grounds) == len(allowed.step_downs)
            assert sum(len(ground.landings) for ground in form.grounds) == len(allowed.talks)
            assert sum(len(dial.choices) for dial in form.dials) == len(allowed.dials)
            assert len(form.priorities) == len(allowed.priorities)
            seen.update(
                climb=len(climbs), down=len(allowed.step_downs), dial=len(allowed.dials), closed=len(form.closed)
            )
    assert min(seen.values()) > 0


def test_4_3_a_form_has_a_place_for_every_field_of_a_sheet() -> None:
    places = {
        "moves": "At most 3 moves", "reply": "Sealed reply", "talks": "Landing sought", "dials": "What partners are permitted",
        "priority": "Priority", "break_faith": "Break faith", "note": "Public line", "argued": "An order outside the list",
    }  # fmt: skip
    assert set(places) == set(Sheet.__struct_fields__)
    page = said(printed()["teams/washington/orders.html"])
    for place in (*places.values(), "We pass", "Press on", "Lead's initials", "Receipt, four words", "Three reasons"):
        assert place in page, place
    assert "defy" in said(printed()["teams/kyiv/orders.html"])
    assert "defy" not in page, "nobody permits a patron"


def test_4_3_there_is_a_form_for_every_turn_and_the_later_ones_hold_the_whole_menu() -> None:
    box = february()
    found = forms.forms(box, *[look(box, opening(box), "washington")] * 2)
    assert [form.turn for form in found] == list(range(1, box.scenario.turns + 1))
    assert [form.exact for form in found] == [True] + [False] * (box.scenario.turns - 1)
    assert found[0].influence == box.capital["washington"].income
    for form in found[1:]:
        assert sum(len(m.targets) or 1 for m in form.measures) == len(box.actions_of["washington"])
        assert form.influence == -1
    page = printed()["teams/washington/orders.html"]
    assert page.count("Orders of Washington, turn") == box.scenario.turns
    assert page.count("Orders of Washington</strong>, back") == box.scenario.turns


def test_5_6_nobody_presses_on_in_rigid_mode() -> None:
    box = february()
    start = Start(box.scenario.id, box.scenario.theory, "rigid", 2)
    state = next(s.after for s in played(box, 5, start=start).steps if s.after.phase == ORDERS)
    assert "Press on" not in said(
        parts.kit(box, state, Options(), ("orders",), ("moscow",))["teams/moscow/orders.html"]
    )


def test_turns_that_are_over_are_not_printed() -> None:
    box = february()
    steps = [step.after for step in played(box, 3).steps]
    for phase, first in ((SIGNAL, 3), (BELIEFS, 3), (ORDERS, 3), (ADJUDICATION, 4)):
        state = next((s for s in steps if s.turn == 3 and s.phase == phase), None)
        if state is None:
            continue
        for side in box.capital:
            assert forms.turns_left(look(box, state, side))[0] == first, (phase, side)
    view = look(box, steps[-1], "kyiv")
    assert view.phase == ENDED
    assert forms.turns_left(view) == ()
    pages = parts.kit(box, steps[-1], Options())
    assert not any(path.endswith(("orders.html", "beliefs.html", "envelopes.html")) for path in pages)
    with pytest.raises(UsageError, match="ended"):
        parts.kit(box, steps[-1], Options(), ("orders", "envelopes"))


# Small papers


def test_envelopes_of_each_team_begin_with_the_next_turn_and_end_with_spares() -> None:
    box = february()
    for capital in box.capital:
        labels = slips.labels(box, look(box, opening(box), PUBLIC), capital)
        turns = box.scenario.turns
        assert [label.turn for label in labels] == [*range(1, turns + 1), *[0] * slips.SPARES]
    page = said(printed()["white-cell/envelopes.html"])
    for capital in box.capitals:
        assert page.count(f"{capital.name} Turn") == turns + slips.SPARES


def test_10_5_a_slip_holds_the_declarations_its_capital_has_heard_and_not_judged() -> None:
    box = february()
    steps = [step.after for step in played(box, 1).steps]
    state = next(s for s in steps if s.phase == BELIEFS and len(s.waiting) > 1)
    asked = 0
    for capital in box.capital:
        view = look(box, state, capital)
        slip = slips.slips(box, view)[0]
        assert [claim.id for claim in slip.claims if claim.id] == list(view.asked_about)
        assert len(slip.claims) >= slips.LINES
        asked += len(view.asked_about)
    assert asked


def test_words_for_percentages_leave_no_gap() -> None:
    assert [slips.LIKELY[0][0], slips.LIKELY[-1][1]] == [0, 100]
    assert all(high + 1 == low for (_, high, _), (low, _, _) in zip(slips.LIKELY, slips.LIKELY[1:], strict=False))


# Cards


def test_every_card_in_play_is_printed_once_and_private_ones_lie_apart() -> None:
    box = february()
    public, private, planned = cards.public(box), cards.private(box), cards.injects(box)
    ids = [card.id for card in (*public, *private)] + [each.card.id for each in planned]
    assert len(set(ids)) == len(ids)
    decks = {deck for deck, _ in box.scenario.draws} | {box.scenario.history[0]}
    apart = {each.card for each in box.scenario.injects}
    assert set(ids) == apart | {card.id for card in box.cards if card.deck in decks}
    for face in (*public, *private):
        assert bool(face.for_) == ("*" not in box.card[face.id].seen)
    assert private
    assert all(not card.for_ for card in public)
    pages = printed()
    for card in private:
        assert f"For {card.for_} only" in said(pages["white-cell/cards-private.html"])
        assert card.title not in said(pages["white-cell/cards-public.html"])


def test_contingencies_are_marked_for_the_white_cell_and_lie_apart() -> None:
    box = february()
    card = next(card for card in box.cards if card.deck == box.scenario.draws[0][0])
    inject = Inject(card.id, 0, (), (), "help", "Somebody asks for terms.")
    other = replace(box, scenario=replace(box.scenario, injects=(*box.scenario.injects, inject)))
    pages = parts.kit(other, opening(other), Options(), ("cards", "injects"))
    page = said(pages["white-cell/injects.html"])
    assert "HELP" in page
    assert "on hand" in page
    assert inject.expects in page
    assert card.title not in said(pages["white-cell/cards-public.html"])
    assert not any(path.startswith(("teams", "table")) for path in pages)


def test_nine_cards_to_a_page_four_in_large_print() -> None:
    faces = cards.public(february())
    for options, full in ((Options(), 9), (Options(large=True), 4)):
        pages = cards.pages(faces, options.columns)
        assert {len(page) for page in pages} == {full}
        assert [face for page in pages for face in page if face] == list(faces)
        width = options.columns * 63 * options.card_scale
        height = options.columns * 88 * options.card_scale
        for paper in (A4, LETTER):
            assert paper.width - width >= 2 * 5 + 10, "crop marks and what a printer needs"
            assert paper.height - height >= 2 * 5 + 5
    assert "mm;top:" in printed()["white-cell/cards-public.html"]
    assert printed()["white-cell/cards-public.html"].count('class="marks"') == -(-len(faces) // 9)


def test_a_card_says_nothing_of_what_it_moves_and_the_key_says_all_of_it() -> None:
    box = february()
    card = next(card for card in box.cards if card.then and not card.options and "*" in card.seen)
    key = next(each for each in cards.key(box) if each.id == card.id)
    moved = wording.moves(box, card.then)
    assert moved
    assert moved in key.does
    assert html.escape(moved, quote=False) not in html.unescape(printed()["white-cell/cards-public.html"])
    for each in cards.key(box):
        assert each.source
        assert all(option.label in " ".join(each.does) for option in box.card[each.id].options)


def test_longer_cards_are_set_smaller() -> None:
    face = cards.public(february())[0]
    sizes = [replace(face, text="x" * length, options=()).type_size for length in (50, 350, 450, 700, 5000)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 3


# The ladder


@pytest.mark.parametrize("name", ["february", "three"])
def test_the_poster_draws_every_rung_and_edge_and_letters_do_not_cover_each_other(name: str) -> None:
    box = february() if name == "february" else three_capitals()
    drawn = poster.poster(box, look(box, opening(box), PUBLIC), A4.width - 2 * MARGIN, 250)
    assert [row.id for row in drawn.rows] == [rung.id for rung in box.ladder.rungs]
    assert [row.y for row in drawn.rows] == sorted((row.y for row in drawn.rows), reverse=True), (
        "the highest rung on top"
    )
    assert Counter(arc.type for arc in drawn.arcs) == Counter(edge.type for edge in box.ladder.edges)
    lettered = [arc for arc in drawn.arcs if arc.letter]
    assert len(lettered) == sum(edge.type != "up" for edge in box.ladder.edges)
    numbers = [float(n) for arc in drawn.arcs for n in re.findall(r"-?\d+\.\d+", arc.path)[1::2]]
    assert all(0 <= n <= drawn.legend for n in numbers)
    assert all(1.75 <= arc.x <= drawn.width - 1.75 and 0 <= arc.y <= drawn.legend for arc in lettered)
    close = [(a, b) for n, a in enumerate(lettered) for b in lettered[:n] if abs(a.x - b.x) < 3 and abs(a.y - b.y) < 3]
    assert close == []
    assert [line.name for line in drawn.breaks if line.name] == [z.firebreak for z in box.ladder.zones if z.firebreak]
    assert len({letter for letter, _ in drawn.tags}) == len(box.dyads)
    page = said(printed(name)["table/ladder.html"])
    for rung in box.ladder.rungs:
        assert rung.text in page
    for zone in box.ladder.zones[1:]:
        assert f"Firebreak: {zone.firebreak}" in page


def test_types_of_edges_differ_in_line_and_in_letter() -> None:
    page = printed()["table/ladder.html"]
    lines = [re.search(rf"\.edge\.{kind} {{([^}}]*)}}", page) for kind in poster.LETTERS if kind != "up"]
    assert all(lines)
    assert len({line.group(1) for line in lines if line}) == len(lines)
    assert len(set(poster.LETTERS.values())) == len(poster.LETTERS)


# Aids


def test_the_ten_words_are_those_of_the_rules() -> None:
    assert len(aid.GLOSSARY) == 10
    glossary = {
        name: " ".join(text.split())
        for name, text in re.findall(r"- \*\*(.+?)\.\*\* (.+?)(?=\n- \*\*|\Z)", RULES.split("## Glossary")[1], re.S)
    }
    for word, text in aid.GLOSSARY:
        plain = text.removesuffix(".")
        assert glossary[word].startswith(plain), (word, glossary[word])


def test_6_1_the_terms_of_a_check_are_described_as_in_the_rules() -> None:
    rows = dict(re.findall(r"^\| (\w+) \| (?:pressure|restraint) \| (.+) \|$", RULES, re.M))
    assert rows == TERMS
    page = said(printed()["table/aid.html"])
    assert all(text in page for text in rows.values())


def test_4_3_the_aid_has_the_prices_of_the_rulebook() -> None:
    box = february()
    dear = replace(box, rulebook=replace(box.rulebook, climb_cost=7, argue_cost=6, press_face=(4, 5, 8)))
    found = aid.aid(dear)
    assert ("a climb", "7") in found.prices
    assert ("an order outside the list", "6") in found.prices
    assert found.press == "4 up to 54 percent, 5 up to 80 percent, 8 above"


def test_the_cheat_sheet_has_timings_that_end_with_the_debrief_or_says_why_not() -> None:
    box = february()
    found = conduct.timetable(box, 120, 5, None)
    assert found.marks[0] == ("0:00", "Opening brief")
    assert found.marks[-1][1].startswith("Debrief")
    assert [at for at, _ in found.marks] == sorted(at for at, _ in found.marks)
    assert conduct.timetable(box, 0, 5, 6).minutes > 120, "six turns need longer than two hours"
    none = conduct.timetable(box, 20, 5, 6)
    assert none.problem
    assert not none.marks
    page = said(parts.kit(box, opening(box), Options(minutes=20), ("cheat-sheet",))["white-cell/cheat-sheet.html"])
    assert "No timings" in page


def test_15_the_cheat_sheet_holds_the_rules_for_orders_and_every_prepared_answer() -> None:
    box = february()
    page = said(printed()["white-cell/cheat-sheet.html"])
    for word in (
        "Sealed",
        "Pass",
        "Missing",
        "Late",
        "Amended",
        "Impossible",
        "On behalf",
        "two six-sided",
        "Redirect",
    ):
        assert word in page, word
    assert box.scenario.answers
    for answer in box.scenario.answers:
        assert answer.text in page
    open_ = " ".join(said(text) for path, text in printed().items() if not path.startswith("white-cell"))
    assert not any(answer.text in open_ for answer in box.scenario.answers)


def test_conditions_are_told_in_words_and_none_is_left_in_the_language_of_the_decks() -> None:
    box = february()
    texts = {clause.text for action in box.actions for clause in action.when}
    texts |= {clause.text for card in box.cards for clause in card.when}
    texts |= {clause.text for each in box.objectives for share in each.shares for clause in share.when}
    for text in texts:
        for part in text.split(" or "):
            told = wording.need(box, part)
            assert not re.search(r"[<>=]|\b\w+\.\w|\br\d\d\b", told), (part, told)
    assert wording.need(box, "moscow-kyiv.rung < r12") == 'Moscow and Kyiv below "Major conventional war"'
    assert wording.need(box, "taipei.squeezed = no") == "not yet: Taipei, squeezed"


# A record may come from anywhere


HOSTILE = "</style><script>alert(1)</script>\u202e\x1b[2J\x00\u2028\"'\\}&<b>"


def hostile() -> Box:
    """A box as a stranger might have written it: every text tries to get out of its place."""
    box = three_capitals()
    named = tuple(replace(c, name=HOSTILE, brief=HOSTILE, wants=(HOSTILE,)) for c in box.capitals)
    scenario = replace(box.scenario, title=HOSTILE, briefing=HOSTILE, question=HOSTILE)
    faces = tuple(replace(card, title=HOSTILE, text=HOSTILE, deck=card.deck) for card in box.cards)
    rungs = tuple(replace(rung, name=HOSTILE, text=HOSTILE) for rung in box.ladder.rungs)
    return replace(
        box, capitals=named, scenario=scenario, cards=faces,
        ladder=replace(box.ladder, rungs=rungs, name=HOSTILE),
    )  # fmt: skip


def test_hostile_text_stays_text() -> None:
    box = hostile()
    for path, text in parts.kit(box, opening(box), Options(banner=HOSTILE)).items():
        page = Reader(text)
        assert page.tags["script"] == page.tags["b"] == 0, path
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2028\u2029\u2066-\u2069]", text), path
        assert "\\u{202e}" in page.text, path
        assert text.count("</style>") == 1, path


def test_css_strings_hold_whatever_is_put_into_them() -> None:
    assert css_string("Kyiv only.") == '"Kyiv only."'
    held = css_string(HOSTILE)
    assert re.fullmatch(r'"(?:[a-zA-Z0-9 ,.]|\\[0-9a-f]+ )*"', str(held))


def test_folders_of_teams_never_lead_elsewhere() -> None:
    box = february()
    for bad in ("../up", "/etc", "a/b", "C:\\x", "", ".", "..", "x" * 300, "Ünd", "capital_1"):
        other = replace(box, capitals=(replace(box.capitals[0], id=bad), *box.capitals[1:]))
        assert parts.folder_of(other, bad) == "capital_1"
        assert parts.folder_of(other, "kyiv") == "kyiv"


# Banners and variants


def test_15_1_every_page_of_a_rehearsal_and_of_a_branch_says_so() -> None:
    box = february()
    start = replace(a_start(*box.capital, turns=2, white_cell=True), rehearsal=True)
    with Exercise.create(box, start, 3) as exercise:
        for path, text in parts.kit(box, exercise.state, Options()).items():
            assert "REHEARSAL" in said(text), path
    with Exercise.create(box, start, 3) as exercise:
        branch = Exercise.branch(exercise.recorded, 1, Branch("qx7.wargame", ""))
    for path, text in parts.kit(box, branch.state, Options(), entries=branch.entries).items():
        assert "BRANCH" in said(text), path
        assert "qx7" not in text, f"{path}: whose branch it is, is the white cell's to say"
    assert not any("REHEARSAL" in said(text) or "BRANCH" in said(text) for text in printed().values())


def test_variants_change_the_type_and_not_the_words() -> None:
    usual = printed()
    for options in (
        Options(LETTER),
        Options(low_ink=True),
        Options(large=True),
        Options(LETTER, large=True, low_ink=True),
    ):
        other = printed("february", options)
        assert other.keys() == usual.keys()
        for path in (
            "teams/kyiv/brief.html",
            "teams/kyiv/orders.html",
            "table/aid.html",
            "white-cell/cheat-sheet.html",
        ):
            assert said(other[path]) == said(usual[path]), path
            assert other[path] != usual[path]
    assert "size: A4" in usual["table/aid.html"]
    assert "size: letter" in printed("february", Options(LETTER))["table/aid.html"]
    assert "size: 297mm 420mm" in printed("february", Options(large=True))["table/ladder.html"]
    assert '"team low-ink"' in printed("february", Options(low_ink=True))["teams/kyiv/brief.html"]


# The command


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recorded") / "crisis.wargame"
    with Exercise.create(february(), a_start("kyiv", turns=3), 7, path) as exercise:
        assert exercise.run()
    return path


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> str:
    assert call(["print", *arguments]) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return out + err


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_print_writes_a_kit_for_a_scenario_and_for_an_exercise(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    kit, now = tmp_path / "kit", tmp_path / "now"
    assert "kit/index.html" in complaint(capsys, "february-2022", "-o", str(kit), code=0)
    assert files(kit) == set(printed())
    assert (kit / "table/aid.html").read_text("utf-8") == printed()["table/aid.html"]
    complaint(capsys, str(file), "-o", str(now), "--paper", "letter", "--large", "--turns", "1", code=0)
    assert {path.split("/")[1] for path in files(now) if path.startswith("teams/")} == {"kyiv"}, "the seat people play"
    page = said((now / "teams/kyiv/orders.html").read_text("utf-8"))
    assert "turn 1 of 3" in page
    assert "turn 2 of 3" not in page


def test_print_of_a_log_is_print_of_its_file(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    log = tmp_path / "crisis.jsonl"
    assert call(["export", str(file), "--format", "jsonl", "-o", str(log)]) == 0
    for source, folder in ((file, "a"), (log, "b")):
        complaint(capsys, str(source), "-o", str(tmp_path / folder), "--team", "kyiv", "--part", "brief", code=0)
    one, two = (tmp_path / name / "teams/kyiv/brief.html" for name in "ab")
    assert one.read_bytes() == two.read_bytes()


def test_print_overwrites_nothing_unasked(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "mine.txt").write_text("mine", "utf-8")
    arguments = (str(file), "-o", str(kit), "--part", "aid")
    assert "--force" in complaint(capsys, *arguments, code=2)
    assert files(kit) == {"mine.txt"}
    complaint(capsys, *arguments, "--force", code=0)
    assert files(kit) == {"mine.txt", "index.html", "table/aid.html"}
    before = file.read_bytes()
    complaint(capsys, str(file), "-o", str(file), "--force", code=2)
    assert file.read_bytes() == before


def test_print_says_what_is_wrong(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    out = ("-o", str(tmp_path / "kit"))
    assert "a4, letter" in complaint(capsys, "--paper", "a5", *out, code=2)
    assert '"brief"' in complaint(capsys, "--part", "briefs", *out, code=2)
    assert '"kyiv"' in complaint(capsys, "--team", "kiev", *out, code=2)
    assert '"february-2022"' in complaint(capsys, "february-2023", *out, code=2)
    complaint(capsys, str(tmp_path / "none.wargame"), *out, code=2)
    broken = tmp_path / "broken.wargame"
    broken.write_bytes(b"nothing of the kind")
    complaint(capsys, str(broken), *out, code=4)
    assert not (tmp_path / "kit").exists()


def test_help_needs_no_templates() -> None:
    script = "import sys, wargame.cli.commands; assert not {'jinja2', 'wargame.kit'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_form_names_what_a_measure_that_is_not_open_lacks() -> None:
    box = february()
    view = look(box, opening(box), "washington")
    closed = [a for a in box.actions_of["washington"] if not holds(a.when, view.values)]
    found = forms.forms(box, view, view)[0].closed
    assert len(found) == len(closed) > 0
    assert all("(" in line for line in found)
