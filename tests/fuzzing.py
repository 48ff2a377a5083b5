"""Content that somebody might have broken by accident, as many files of it as one likes: ``python -m tests.fuzzing --help``.

Every mutant has a number, and the number alone says what it is: which sound file it comes from and what was done to it. Each is
checked as ``wargame content check`` does; the exit code may be that of success or that of faulty content. What passes must play:
a whole game of doctrines, to its end.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import NamedTuple

import tomli
import tomlkit

from tests.games import play
from tests.steering import steering
from wargame.cli import call
from wargame.content import library
from wargame.content.compile.box import load_box
from wargame.errors import EXIT_CONTENT, EXIT_OK, ContentError
from wargame.rules.agenda import owed

HERE = Path(__file__).parent
DECKS = HERE.parent / "decks"

SECONDS = 20
"""On the processor, for one mutant; a hundred times what most of them take."""


class Mutant(NamedTuple):
    """A content file that was changed: the file it comes from, what was done to it, and what it holds now."""

    source: str
    done: tuple[str, ...]
    content: bytes


class Verdict(NamedTuple):
    """What came of a mutant: its exit code, whether its game ended (None: there was none), and what should not have happened."""

    code: int
    ended: bool | None
    fault: str = ""


# Sources


def _february() -> Iterator[str]:
    """Yield the names of the built-in files of the default scenario: its own, and those no other scenario has for itself."""
    others = {path.stem for path in (DECKS / "packs").glob("*.toml")}
    for path in sorted(DECKS.rglob("*.toml")):
        if path.stem not in others and (path.parent.name != "scenarios" or path.stem == "february-2022"):
            yield str(path.relative_to(DECKS))


BUILT_IN = tuple(_february())
"""Files that are changed in their place among the built-in decks."""


@cache
def sources() -> dict[str, str]:
    """Return the sound files by name: two scenarios that stand alone, and every file of the default one."""
    paths = {
        "three-capitals": HERE / "content" / "three-capitals" / "scenario.toml",
        "cuba-1962": HERE / "content" / "cuba-1962.toml",
    }
    return {name: path.read_text("utf-8") for name, path in {**paths, **{n: DECKS / n for n in BUILT_IN}}.items()}


def _source(random: Random) -> str:
    """Draw the file to change: mostly the smallest scenario, which has a bit of everything and is quickly read."""
    kind = random.random()
    if kind < 0.96:
        return "three-capitals"
    return "cuba-1962" if kind < 0.98 else random.choice(BUILT_IN)


# Mutations


def mutant(number: int) -> Mutant:
    """Return the mutant of a number."""
    random = Random(number)
    source = _source(random)
    text, done = sources()[source], []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        change = random.choices(list(CHANGES), list(CHANGES.values()))[0]
        text = change(text, random)
        done.append(change.__name__.strip("_").replace("_", " "))
    content = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.05:
        content = _bytes(content, random)
        done.append("bytes")
    return Mutant(source, tuple(done), content)


def _bytes(content: bytes, random: Random) -> bytes:
    """Flip a bit, cut the end off, take a piece out, put one in twice, or put in bytes of any kind."""
    here, there = sorted(random.randrange(len(content) + 1) for _ in range(2))
    there = min(there, here + random.choice((1, 10, 1000)))
    kind = random.randrange(5)
    if kind == 0:
        flipped = content[here : here + 1]
        return content[:here] + bytes(each ^ (1 << random.randrange(8)) for each in flipped) + content[here + 1 :]
    if kind == 1:
        return content[:here]
    piece = (b"", content[here:there] * 2, random.randbytes(random.randrange(1, 9)))[kind - 2]
    return content[:here] + piece + content[there if kind != 4 else here :]


WORD = re.compile(r"[a-z][a-z-]+")
VALUE = re.compile(r'(?<== )(?:"[^"\n]*"|-?\d[\d.]*|true|false|\[[^\[\]\n]*\])(?=\n)')
NUMBER = re.compile(r"(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.-])")
HEADER = re.compile(r"(?m)^(?=\[)")

VALUES = (
    '""', '" "', "0", "1", "-1", "5", "99", "0.5", "2.5", "-0.0", "1e308", "9223372036854775807", "9" * 40, "inf", "-inf",
    "nan", "true", "false", "[]", "{}", "[[]]", "[{}]", '["", ""]', "[1, 2]", "1962-10-16", "07:32:00", "1979-05-27T07:32:00Z",
    '"inf"', '"[red]bold[/]"', '"\\u001b[31m"', '"\\u202eabc"', '"e\\u0301"', '"' + "x" * 5000 + '"', '"' + "word " * 900 + '"',
    '"x > 3"', '"=cmd()"', '"../../x"', '"a.b.c.d.e"', '"and"', '"not (x"', "'''\nline\n'''", '"é"', '"\\U0001F600"',
    '"WG101"', '"none"', '"all"',
)  # fmt: skip
"""Values that stand where another was: of every type, too large, too long, empty, and such as steer or mean something."""


def _lines(text: str, random: Random) -> str:
    """Take a line out, write another twice, or change two."""
    lines = text.splitlines()
    here, there = random.randrange(1, len(lines)), random.randrange(1, len(lines))
    kind = random.randrange(4)
    if kind == 0:
        del lines[here]
    elif kind == 1:
        lines.insert(here, lines[there])
    elif kind == 2:
        lines[here], lines[there] = lines[there], lines[here]
    else:
        del lines[here : here + random.randrange(2, 30)]
    return "\n".join(lines) + "\n"


def _one_match(pattern: re.Pattern[str], text: str, random: Random, put: Callable[[str], str]) -> str:
    """Change one of the places where a pattern matches."""
    found = [match.span() for match in pattern.finditer(text)]
    if not found:
        return text
    begin, end = random.choice(found)
    return text[:begin] + put(text[begin:end]) + text[end:]


def _a_word(text: str, random: Random) -> str:
    """Put another word of the file in the place of one."""
    words = WORD.findall(text)
    return _one_match(WORD, text, random, lambda _: random.choice(words or ["x"]))


def _a_value(text: str, random: Random) -> str:
    """Put a value of any kind in the place of one."""
    return _one_match(VALUE, text, random, lambda _: random.choice(VALUES))


def _a_value_of_the_file(text: str, random: Random) -> str:
    """Put a value that stands elsewhere in the file in the place of one."""
    values = VALUE.findall(text)
    return _one_match(VALUE, text, random, lambda _: random.choice(values or ["1"]))


def _a_value_of_the_same_key(text: str, random: Random) -> str:
    """Give a key the value that it has in another table."""
    lines = text.splitlines(keepends=True)
    here = random.choice([place for place, line in enumerate(lines) if " = " in line] or [0])
    key = lines[here].partition(" = ")[0]
    lines[here] = random.choice([line for line in lines if line.startswith(f"{key} = ")] or [lines[here]])
    return "".join(lines)


def _a_number(text: str, random: Random) -> str:
    """Put another number in the place of one."""
    numbers = (0, 1, -1, 2, 3, 4, 5, 6, 7, 10, 24, 50, 100, 1000, 10**9, 0.5, 1.5, 0.001)
    return _one_match(NUMBER, text, random, lambda _: str(random.choice(numbers)))


def _a_sign(text: str, random: Random) -> str:
    """Put another sign of the language of sentences, or of the format, in the place of one."""
    signs = ("<=", ">=", *'<>=+-*|,.:()[]{}"\\#')
    pattern = re.compile("|".join(map(re.escape, signs)))
    return _one_match(pattern, text, random, lambda _: random.choice((*signs, "and", "or", "not")))


def _a_character(text: str, random: Random) -> str:
    """Take a character out, or put one in."""
    here = random.randrange(len(text))
    if random.random() < 0.3:
        return text[:here] + text[here + 1 :]
    put = random.choice('a"\n\t =[]{}.#\\0\x00\x07\x1b\x7f\x85\u200b\u202e\u2028\ufeffé\U0001f600')
    return text[:here] + put + text[here:]


def _a_table(text: str, random: Random) -> str:
    """Take a table out, write one twice, move one, or bring one from another file."""
    tables = HEADER.split(text)
    here, there = random.randrange(len(tables)), random.randrange(len(tables))
    kind = random.randrange(4)
    if kind == 0:
        del tables[here]
    elif kind == 1:
        tables.insert(here, tables[there])
    elif kind == 2:
        tables.insert(there, tables.pop(here))
    else:
        other = HEADER.split(sources()[random.choice(list(sources()))])
        tables.insert(here + 1, random.choice(other))
    return "".join(tables)


def _a_key(text: str, random: Random) -> str:
    """Give a table a key that another table of the file has, or rename one."""
    lines = text.splitlines(keepends=True)
    keyed = [place for place, line in enumerate(lines) if re.match(r"[\w-]+ = ", line)]
    if not keyed:
        return text
    here, there = random.choice(keyed), random.choice(keyed)
    if random.random() < 0.5:
        lines.insert(here, lines[there])
    else:
        lines[here] = lines[there].partition(" = ")[0] + " = " + lines[here].partition(" = ")[2]
    return "".join(lines)


def _the_tree(text: str, random: Random) -> str:
    """Change one table as a tree: leave a branch out, put one of another place there, wrap one, or empty one."""
    tables = HEADER.split(text)
    here = random.randrange(len(tables))
    try:
        tree = tomli.loads(tables[here])
    except tomli.TOMLDecodeError:
        return text
    places = list(_branches(tree))
    if not places:
        return text
    (parent, key), (other, its_key) = random.choice(places), random.choice(places)
    kind = random.randrange(5)
    if kind == 0:
        del parent[key]
    elif kind == 1:
        parent[key] = other[its_key]
    elif kind == 2:
        parent[key] = [parent[key]]
    elif kind == 3:
        parent[key] = {random.choice(("id", "text", "when", "then", "x")): parent[key]}
    else:
        parent[key] = type(parent[key])() if isinstance(parent[key], (str, int, float, list, dict)) else ""
    try:
        tables[here] = tomlkit.dumps(tree)
    except (ValueError, TypeError, RecursionError, tomlkit.exceptions.TOMLKitError):
        return text
    return "".join(tables)


def _branches(tree: object) -> Iterator[tuple[dict | list, str | int]]:
    """Yield every place in a tree as its parent and key."""
    if not isinstance(tree, (dict, list)):
        return
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield tree, key
        yield from _branches(value)


CHANGES = {
    _lines: 10, _a_word: 18, _a_value: 10, _a_value_of_the_file: 8, _a_value_of_the_same_key: 14, _a_number: 10, _a_sign: 8,
    _a_character: 5, _a_table: 6, _a_key: 5, _the_tree: 6,
}  # fmt: skip
"""What may be done to a file, and how often."""


# Judging


class Workshop:
    """A folder in which mutants are judged, and decks of one scenario in the place of the built-in ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "none").mkdir(parents=True)
        decks = folder / "decks"
        for name in BUILT_IN:
            (decks / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(DECKS / name, decks / name)

    def judge(self, made: Mutant) -> Verdict:
        """Check a mutant, and play what passes. An alarm ends what would not end."""
        built_in = made.source in BUILT_IN
        decks = self.folder / ("none" if made.source == "three-capitals" else "decks")
        path = decks / made.source if built_in else self.folder / "mutant.toml"
        path.write_bytes(made.content)
        signal.signal(signal.SIGVTALRM, _too_long)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            with _built_in(decks):
                code, fault = _checked(str(path))
                if code != EXIT_OK or fault:
                    return Verdict(code, None, fault)
                if built_in:
                    return _played("february-2022", among_others=True)
                is_one = "scenario" in tomli.loads(made.content.decode("utf-8-sig"))
                return _played(str(path)) if is_one else Verdict(code, None)
        except Exception:
            return Verdict(-1, None, traceback.format_exc(limit=-6))
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            if built_in:
                path.write_text(sources()[made.source], "utf-8")


@contextlib.contextmanager
def _built_in(decks: Path) -> Iterator[None]:
    """Put decks in the place of the built-in ones."""
    before, library.built_in_folder = library.built_in_folder, lambda: decks
    try:
        yield
    finally:
        library.built_in_folder = before


def _checked(*paths: str) -> tuple[int, str]:
    """Check content with the command itself; return its exit code and what is wrong with the answer."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        code = call(["content", "check", *paths, "--plain"])
    text = told.getvalue()
    if steering(text):
        return code, f"prints {sorted(steering(text))}"
    if code not in (EXIT_OK, EXIT_CONTENT):
        return code, text[-1500:]
    if (code == EXIT_CONTENT) != (": error WG" in text):
        return code, f"exit {code} and this:\n{text[-500:]}"
    return code, ""


def _played(scenario: str, among_others: bool = False) -> Verdict:
    """Play a scenario whose file passed. What is broken in other files by a change of one is told by a check of all."""
    try:
        box = load_box(scenario, content_dirs=[])
    except ContentError:
        code, fault = _checked() if among_others else (EXIT_OK, "")
        if code == EXIT_CONTENT:
            return Verdict(code, None, fault)
        raise
    *_, last = play(box, 1)
    return Verdict(EXIT_OK, not owed(box, last.after))


def _too_long(signum: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"more than {SECONDS} seconds on the processor")


# Many


_workshop: Workshop | None = None


def judged(number: int) -> tuple[int, Verdict]:
    """Judge the mutant of a number in this process's own workshop."""
    global _workshop  # noqa: PLW0603 - one to a process
    if _workshop is None:
        _workshop = Workshop(Path(tempfile.mkdtemp(prefix="wargame-fuzz-")))
        for name in ("three-capitals", BUILT_IN[0]):
            _workshop.judge(Mutant(name, (), sources()[name].encode()))
        gc.freeze()  # what has been read stays; to look through it again and again takes a tenth of the time
    return number, _workshop.judge(mutant(number))


def main() -> int:
    """Judge mutants and print what should not have happened; exit code 1 if there is any."""
    parser = argparse.ArgumentParser(description="Check mutants of content files; play those that pass.")
    parser.add_argument("-n", "--number", type=int, default=100_000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--show", action="store_true", help="print the mutants instead")
    options = parser.parse_args()
    numbers = range(options.first, options.first + options.number)
    if options.show:
        for number in numbers:
            made = mutant(number)
            print(f"# {number}: {made.source}: {', '.join(made.done)}", file=sys.stderr)
            sys.stdout.buffer.write(made.content)
        return 0
    begin, codes, faults = time.monotonic(), Counter[int](), 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for number, verdict in pool.map(judged, numbers, chunksize=50):
            codes[verdict.code] += 1
            if verdict.fault or verdict.ended is False:
                faults += 1
                print(f"mutant {number}, exit {verdict.code}: {verdict.fault or 'its game does not end'}", flush=True)
            if sum(codes.values()) % 5_000 == 0:
                spent = time.monotonic() - begin
                print(f"{sum(codes.values())} in {spent:.0f} s: {dict(codes)}, {faults} at fault", file=sys.stderr)
    print(f"{sum(codes.values())} mutants, exit codes {dict(sorted(codes.items()))}, {faults} at fault")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
