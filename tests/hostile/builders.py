"""Hostile content that git cannot keep or nobody would read: made anew for each test.

Every function is one case. Its docstring says what it tries, ``expects`` which codes may come of it (``harmless``: none), ``told``
what must stand in the message. It gets an empty folder and returns what is handed to the program.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from wargame.content.reading import ENTRY_LIMIT, FILE_LIMIT, FOLDER_LIMIT, MARK_LIMIT, SIZE_LIMIT

HEAD = 'format = "wargame/1"\n'
SMALL = (Path(__file__).parent.parent / "content" / "three-capitals" / "scenario.toml").read_text("utf-8")
HARMLESS = "harmless"


class Made(NamedTuple):
    """A case: what makes it, and what is expected of it."""

    make: Callable[[Path], Path | str]
    expects: tuple[str, ...]
    told: str


MADE: dict[str, Made] = {}
"""Cases by name."""


def case(expects: str, told: str = "") -> Callable[[Callable[[Path], Path | str]], Callable[[Path], Path | str]]:
    """Enter a function as a case under its name."""

    def enter(make: Callable[[Path], Path | str]) -> Callable[[Path], Path | str]:
        MADE[make.__name__.strip("_").replace("_", "-")] = Made(make, tuple(expects.split()), told)
        return make

    return enter


def concept(name: str, more: str = "") -> str:
    return f'[[concept]]\nid = "{name}"\nname = "N"\ntext = "T."\n{more}'


def filled(unit: str, size: int = SIZE_LIMIT - 1_000) -> str:
    """Return a content file of about a size, full of one thing."""
    return HEAD + unit * ((size - len(HEAD)) // len(unit))


def file(folder: Path, text: str, name: str = "deck.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def raw(folder: Path, data: bytes) -> Path:
    path = folder / "deck.toml"
    path.write_bytes(data)
    return path


def small(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the small scenario with changes."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return file(folder, text)


# Too much


@case("WG002", "larger than 1 MB")
def _too_large(folder: Path) -> Path:
    """A file of a byte too many."""
    return raw(folder, b"#" * (SIZE_LIMIT + 1))


@case("WG002", "larger than 1 MB")
def _sparse(folder: Path) -> Path:
    """A file of a terabyte that takes no room."""
    path = raw(folder, HEAD.encode())
    os.truncate(path, 1 << 40)
    return path


@case(HARMLESS)
def _nearly_too_large(folder: Path) -> Path:
    """A file of one comment, a byte under the limit."""
    return file(folder, HEAD + "#" * (SIZE_LIMIT - len(HEAD)))


@case(HARMLESS)
def _comments(folder: Path) -> Path:
    """Half a million comments."""
    return file(folder, filled("#\n"))


@case("WG106", "is too long")
def _one_line(folder: Path) -> Path:
    """A text of half a million words on one line."""
    return file(folder, HEAD + '[[concept]]\nid = "a"\nname = "N"\ntext = "' + "x " * 490_000 + '"\n')


@case("WG106", "is too long")
def _one_word(folder: Path) -> Path:
    """A text of one word of a million letters."""
    return file(folder, HEAD + '[[concept]]\nid = "a"\nname = "N"\ntext = "' + "x" * 990_000 + '"\n')


@case("WG002", f"more than {MARK_LIMIT} keys and values")
def _many_numbers(folder: Path) -> Path:
    """A list of half a million numbers."""
    return file(folder, HEAD + "[scenario]\nturns = [" + "1," * 490_000 + "1]\n")


@case("WG106", "keys and values")
def _numbers(folder: Path) -> Path:
    """As many numbers as a file may hold, in one list."""
    return file(folder, HEAD + "[scenario]\nturns = [" + "1,\n" * (MARK_LIMIT - 100) + "1]\n")


@case("WG101 WG102 WG002", "more than 1000 in all")
def _many_keys(folder: Path) -> Path:
    """Twenty thousand keys in a table."""
    return file(folder, HEAD + "[[concept]]\n" + "".join(f"k{place} = 1\n" for place in range(19_990)))


@case("WG101 WG002", "more than 1000 in all")
def _many_tables(folder: Path) -> Path:
    """Fifty thousand tables of different names."""
    return file(folder, HEAD + "".join(f"[k{place}]\n" for place in range(50_000)))


@case("WG102 WG002", "more than 1000 in all")
def _many_empty_things(folder: Path) -> Path:
    """Seventy thousand cards without anything on them."""
    return file(folder, filled("[[card]]\n", 600_000))


@case("WG002", "more than 4000 things")
def _many_things(folder: Path) -> Path:
    """Twelve thousand concepts, all of them sound."""
    return file(folder, HEAD + "".join(concept(f"c{place}") for place in range(12_000)))


@case("WG002 WG201", "more than 1000 in all")
def _many_twins(folder: Path) -> Path:
    """Three thousand things of one id."""
    return file(folder, HEAD + concept("a") * 3_000)


@case("WG105 WG102 WG104 WG002")
def _many_bad_characters(folder: Path) -> Path:
    """Thousands of ids that would turn the line round."""
    return file(folder, filled('[[concept]]\nid = "\\u202e"\n', 600_000))


@case("WG004", "a key of more than 20 parts")
def _dotted(folder: Path) -> Path:
    """A key of twenty thousand parts."""
    return file(folder, HEAD + ".".join("a" * 20_000) + " = 1\n")


@case("WG004", "a key of more than 20 parts")
def _dotted_often(folder: Path) -> Path:
    """Five hundred keys of nine hundred parts: the parser's work grows with their square."""
    return file(folder, HEAD + "".join(".".join(["a"] * 900 + [f"b{place}"]) + " = 1\n" for place in range(500)))


@case("WG004", "a key of more than 20 parts")
def _dotted_in_quotes(folder: Path) -> Path:
    """The same with parts in quotation marks, escaped ones inside, and spaces between."""
    return file(folder, HEAD + "x = 1\n[ " + " . ".join(['"\\"."', "'.'"] * 5_000) + " ]\n")


@case("WG004", "nested too deeply")
def _deep_lists(folder: Path) -> Path:
    """Lists a hundred thousand deep."""
    return file(folder, HEAD + "a = " + "[" * 100_000)


@case("WG004 WG002", "nested too deeply")
def _deep_tables(folder: Path) -> Path:
    """Inline tables ten thousand deep."""
    return file(folder, HEAD + "a = " + "{a = " * 10_000 + "1" + "}" * 10_000 + "\n")


@case("WG101 WG004")
def _deep_enough(folder: Path) -> Path:
    """Lists as deep as the parser goes."""
    return file(folder, HEAD + "a = " + "[" * 300 + "]" * 300 + "\n")


@case("WG103 WG106 WG104 WG102")
def _deep_value(folder: Path) -> Path:
    """Lists and tables three hundred deep where a text belongs."""
    deep = "[{a = " * 150 + "1" + "}]" * 150
    return file(folder, HEAD + f'[[card]]\nid = "a"\ntitle = {deep}\nwhen = {deep}\nthen = {deep}\n')


@case("WG002", "keys and values")
def _many_deep_lists(folder: Path) -> Path:
    """Thousands of lists ninety deep."""
    return file(folder, HEAD + "a = [" + ",".join(["[" * 90 + "]" * 90] * 5_000) + "]\n")


@case("WG106")
def _many_conditions(folder: Path) -> Path:
    """A hundred thousand conditions on one card."""
    sentences = ",".join(['"a.b>1"'] * 100_000)
    return file(folder, HEAD + f'[[card]]\nid = "a"\nwhen = [{sentences}]\n')


@case("WG004", "a number of thousands of digits")
def _digits(folder: Path) -> Path:
    """A number of ten thousand digits."""
    return file(folder, HEAD + "a = " + "9" * 10_000)


@case("WG103", "a number beyond all range")
def _hexadecimal_digits(folder: Path) -> Path:
    """A number of nine hundred thousand hexadecimal digits."""
    return file(folder, HEAD + "[[concept]]\nid = 0x" + "f" * 900_000 + '\nname = "N"\ntext = "T."\n')


@case("WG302 WG106 WG104", "is too long")
def _sentence_of_spaces(folder: Path) -> Path:
    """Sentences with a hundred thousand spaces in them, that a careless pattern would try in every way."""
    spaces = " " * 100_000
    then = f'"world.risk +{spaces}!", "world.risk{spaces}+{spaces}1{spaces}for{spaces}x"'
    when = f'"world.risk{spaces}>={spaces}!", "{"a." * 50_000}", "a{"-" * 50_000}.b{"-" * 50_000} = !"'
    more = f'id = "a"\non = "climbed"\nwhen = [{when}]\nthen = [{then}]\ntext = "T."\n'
    return file(folder, HEAD + f"[[reaction]]\n{more}")


@case("WG302 WG106")
def _sentence_of_halves(folder: Path) -> Path:
    """Sentences of thousands of halves, names and dots."""
    halves, dots = "1/2 " * 20_000, "a" + ".a" * 20_000
    then = f'"world.risk + {halves}", "{dots} + 1", "{dots}.{dots}", "{">" * 50_000}.a + 1"'
    return file(folder, HEAD + f'[[reaction]]\nid = "a"\non = "climbed"\nthen = [{then}]\ntext = "T."\n')


@case("WG302")
def _sentences_of_full_length(folder: Path) -> Path:
    """Hundreds of sentences as long as a sentence may be, all of them nonsense."""
    spaces = " " * 170
    rows = [
        f'[[reaction]]\nid = "r{place}"\non = "climbed"\nwhen = ["world.risk >={spaces}!"]\nthen = ["world.risk +{spaces}!"]\n'
        'text = "T."\n'
        for place in range(250)
    ]
    return file(folder, HEAD + "".join(rows))


@case("WG302 WG106")
def _orders_of_thousands(folder: Path) -> Path:
    """Orders and promises of thousands of words, each a reply to the one before."""
    reply = "reply a-b r1 then " * 5_000 + "climb a b"
    row = f'{{ order = "{reply}", weight = 1, why = "W." }}'
    say = f'{{ say = "if a-b reaches r1 then {reply}", kind = "tie-hands", why = "W." }}'
    more = f'id = "d"\nname = "D"\nseat = "kyiv"\ncard = "C."\nprefer = [{row}]\ndeclare = [{say}]\n'
    return file(folder, HEAD + f"[[doctrine]]\n{more}")


@case("WG301", "no rung")
def _many_wishes(folder: Path) -> Path:
    """Two thousand wishes over as many lines, none of which can be."""
    rows = "".join(f'  {{ order = "climb moscow-kyiv x{place}", weight = 1, why = "W." }},\n' for place in range(2_000))
    return file(folder, HEAD + f'[[doctrine]]\nid = "d"\nname = "D"\nseat = "kyiv"\ncard = "C."\nprefer = [\n{rows}]\n')


@case(HARMLESS)
def _many_packs(folder: Path) -> Path:
    """Three thousand packs of one concept each, and nobody who names one."""
    return file(folder, HEAD + "".join(concept(f"c{place}", f'pack = "p{place}"\n') for place in range(3_000)))


@case("WG202 WG002", "more than 1000 in all")
def _many_replacements(folder: Path) -> Path:
    """Three thousand things that replace each other in one great circle."""
    rows = "".join(concept(f"c{place}", f'replaces = "c{(place + 1) % 3_000}"\n') for place in range(3_000))
    return file(folder, HEAD + rows)


@case("WG402", "rests on more than 20 theories")
def _theories_in_a_great_circle(folder: Path) -> Path:
    """Three hundred theories, each based on the next."""
    rows = (
        f'[[theory]]\nid = "t{place}"\nname = "T"\nbelieves = "B."\nbase = "t{(place + 1) % 300}"\n'
        for place in range(300)
    )
    return file(folder, HEAD + "".join(rows))


# Not text


@case("WG003", "UTF-16")
def _utf_16_le(folder: Path) -> Path:
    """UTF-16 with the mark of a small end."""
    return raw(folder, b"\xff\xfe" + (HEAD + concept("a")).encode("utf-16-le"))


@case("WG003", "UTF-16")
def _utf_16_be(folder: Path) -> Path:
    """UTF-16 with the mark of a big end."""
    return raw(folder, b"\xfe\xff" + (HEAD + concept("a")).encode("utf-16-be"))


@case("WG003")
def _utf_16_without_mark(folder: Path) -> Path:
    """UTF-16 that does not say so."""
    return raw(folder, (HEAD + concept("a")).encode("utf-16-le"))


@case("WG003")
def _utf_32_le(folder: Path) -> Path:
    """UTF-32, whose mark begins as that of UTF-16 does."""
    return raw(folder, b"\xff\xfe\0\0" + HEAD.encode("utf-32-le"))


@case("WG003")
def _utf_32_be(folder: Path) -> Path:
    """UTF-32 with a big end."""
    return raw(folder, b"\0\0\xfe\xff" + HEAD.encode("utf-32-be"))


@case("WG003", "not UTF-8")
def _latin_1(folder: Path) -> Path:
    """One letter of an old encoding, on the third line."""
    return raw(folder, HEAD.encode() + b"\n# caf\xe9\n")


@case("WG003")
def _overlong(folder: Path) -> Path:
    """A slash in two bytes."""
    return raw(folder, HEAD.encode() + b"# \xc0\xaf\n")


@case("WG003")
def _surrogate_bytes(folder: Path) -> Path:
    """Half a pair in three bytes."""
    return raw(folder, HEAD.encode() + b"# \xed\xa0\x80\n")


@case("WG003")
def _cut_short(folder: Path) -> Path:
    """A file that ends within a letter."""
    return raw(folder, HEAD.encode() + "# é".encode()[:-1])


@case("WG003")
def _binary(folder: Path) -> Path:
    """Every byte there is."""
    return raw(folder, bytes(range(256)) * 50)


@case("WG003", "NUL")
def _nul(folder: Path) -> Path:
    """A NUL between two lines."""
    return raw(folder, HEAD.encode() + b"\0\n" + concept("a").encode())


@case("WG003")
def _zipped(folder: Path) -> Path:
    """A packed file of the right name."""
    return raw(folder, gzip.compress(HEAD.encode() * 100, mtime=0))


@case("WG003")
def _picture(folder: Path) -> Path:
    """The beginning of a picture."""
    return raw(folder, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01")


@case("WG004 WG005")
def _json(folder: Path) -> Path:
    """Content as another notation has it."""
    return file(folder, json.dumps({"format": "wargame/1", "concept": [{"id": "a"}]}))


@case("WG004")
def _page(folder: Path) -> Path:
    """The page of an error, saved as if it were the file."""
    return file(folder, "<!DOCTYPE html>\n<html><title>404</title><script>alert(1)</script></html>\n")


@case(HARMLESS)
def _byte_order_mark(folder: Path) -> Path:
    """The mark that one editor sets before UTF-8: it is read over."""
    return raw(folder, b"\xef\xbb\xbf" + (HEAD + concept("a")).encode())


@case("WG004")
def _two_byte_order_marks(folder: Path) -> Path:
    """The same mark twice."""
    return raw(folder, b"\xef\xbb\xbf" * 2 + (HEAD + concept("a")).encode())


@case(HARMLESS)
def _line_ends_of_windows(folder: Path) -> Path:
    """Line ends of two characters."""
    return raw(folder, (HEAD + concept("a")).replace("\n", "\r\n").encode())


@case("WG004")
def _line_ends_of_old(folder: Path) -> Path:
    """Line ends that no system has had for twenty years."""
    return raw(folder, (HEAD + concept("a")).replace("\n", "\r").encode())


@case("WG005")
def _empty(folder: Path) -> Path:
    """A file without anything in it."""
    return raw(folder, b"")


@case("WG004")
def _form_feed(folder: Path) -> Path:
    """Pages instead of lines."""
    return raw(folder, (HEAD + concept("a")).replace("\n", "\f").encode())


# Not a file


@case("WG001", "no such file")
def _dangling(folder: Path) -> Path:
    """A link to nowhere."""
    (folder / "deck.toml").symlink_to(folder / "gone")
    return folder / "deck.toml"


@case("WG001")
def _loop(folder: Path) -> Path:
    """A link to itself."""
    (folder / "deck.toml").symlink_to(folder / "deck.toml")
    return folder / "deck.toml"


@case("WG001")
def _loop_of_two(folder: Path) -> Path:
    """A folder whose links lead to each other."""
    (folder / "a.toml").symlink_to(folder / "b.toml")
    (folder / "b.toml").symlink_to(folder / "a.toml")
    return folder


@case("WG001", "no ordinary file")
def _device(folder: Path) -> Path:
    """A link to a device that never ends."""
    (folder / "deck.toml").symlink_to("/dev/zero")
    return folder / "deck.toml"


@case("WG006", "leads out of its folder")
def _device_in_a_folder(folder: Path) -> Path:
    """The same in a folder."""
    _device(folder)
    return folder


@case("WG001", "no ordinary file")
def _terminal(folder: Path) -> Path:
    """A link to whatever terminal there is."""
    (folder / "deck.toml").symlink_to("/dev/tty")
    return folder / "deck.toml"


@case("WG001", "no ordinary file")
def _pipe(folder: Path) -> Path:
    """A pipe that nobody writes to."""
    os.mkfifo(folder / "deck.toml")
    return folder / "deck.toml"


@case("WG001", "no ordinary file")
def _pipe_in_a_folder(folder: Path) -> Path:
    """The same in a folder."""
    os.mkfifo(folder / "deck.toml")
    return folder


@case("WG001", "no ordinary file")
def _socket(folder: Path) -> Path:
    """A socket."""
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(folder)  # its name may have a hundred characters only
        listening.bind("deck.toml")
        os.chdir(before)
    return folder / "deck.toml"


@case("WG001", "a folder, not a file")
def _folder_as_file(folder: Path) -> Path:
    """A folder with the name of a file."""
    (folder / "deck.toml").mkdir()
    return folder


@case("WG001", "cannot be read")
def _own_memory(folder: Path) -> Path:
    """A link to the program's own memory: a file by its kind, whose first byte is an error."""
    if not Path("/proc/self/mem").exists():
        raise OSError(errno.ENOTSUP, "no such file system here")
    (folder / "deck.toml").symlink_to("/proc/self/mem")
    return folder / "deck.toml"


@case("WG001", "cannot be read: Permission denied")
def _forbidden(folder: Path) -> Path:
    """A file that may not be read."""
    if os.geteuid() == 0:
        raise OSError(errno.ENOTSUP, "root may read everything")
    path = file(folder, HEAD)
    path.chmod(0)
    return path


@case("WG006", "leads out of its folder")
def _link_out(folder: Path) -> Path:
    """A link to a file outside."""
    inner = folder / "content"
    inner.mkdir()
    file(folder, HEAD + concept("stolen"), "outside.toml")
    (inner / "link.toml").symlink_to(folder / "outside.toml")
    return inner


@case("WG006", "leads out of its folder")
def _link_to_secrets(folder: Path) -> Path:
    """A link to a file of the system, under a content name: not a word of it is shown."""
    (folder / "link.toml").symlink_to("/etc/passwd")
    return folder


@case("WG006", "leads out of its folder")
def _folder_out(folder: Path) -> Path:
    """A linked folder that holds the folder it lies in."""
    inner = folder / "content"
    inner.mkdir()
    file(inner, HEAD + concept("a"))
    (inner / "up").symlink_to(folder)
    return inner


@case("WG006", "leads out of its folder")
def _many_links_out(folder: Path) -> Path:
    """Links over links, the last of which leads out."""
    inner = folder / "content"
    inner.mkdir()
    (inner / "l0.toml").symlink_to("/etc/hostname")
    for place in range(30):
        (inner / f"l{place + 1}.toml").symlink_to(f"l{place}.toml")
    return inner


@case("WG201")
def _link_within(folder: Path) -> Path:
    """A link to a file of the same folder: read twice, so that everything in it stands twice."""
    file(folder, HEAD + concept("a"))
    (folder / "again.toml").symlink_to("deck.toml")
    return folder


@case("WG201")
def _hard_link(folder: Path) -> Path:
    """One file under two names."""
    os.link(file(folder, HEAD + concept("a")), folder / "again.toml")
    return folder


@case("WG002", f"more than {FILE_LIMIT} content files")
def _many_files(folder: Path) -> Path:
    """Three thousand files, each sound."""
    for place in range(3_000):
        file(folder, HEAD, f"{place}.toml")
    return folder


@case("WG002", f"more than {ENTRY_LIMIT} files and folders")
def _many_other_files(folder: Path) -> Path:
    """A folder of everything but content."""
    os.link(file(folder, "", "0"), folder / "1")
    for place in range(2, ENTRY_LIMIT + 2):
        os.link(folder / "0", folder / str(place))
    return folder


@case("WG002", f"more than {FOLDER_LIMIT // 1_000_000} MB")
def _many_bytes(folder: Path) -> Path:
    """Files under the limit that are far over it together."""
    for place in range(12):
        file(folder, HEAD + "#" * (SIZE_LIMIT - 100), f"{place}.toml")
    return folder


@case("WG002 WG106", "keys and values")
def _many_values(folder: Path) -> Path:
    """The same with as many values in each as a file may have."""
    for place in range(6):
        file(folder, HEAD + "[[ladder]]\nrung = [" + "[],\n" * (MARK_LIMIT // 3) + "]\n", f"{place}.toml")
    return folder


@case("WG001", "holds no content file")
def _many_folders(folder: Path) -> Path:
    """Folders two hundred deep, with nothing at the end."""
    deep = folder
    for _ in range(200):
        deep /= "down"
        deep.mkdir()
    return folder


@case("WG001", "holds no content file")
def _no_content(folder: Path) -> Path:
    """A folder without content."""
    file(folder, "x", "readme.md")
    return folder


@case("WG001", "holds no content file")
def _hidden(folder: Path) -> Path:
    """What is hidden is not content."""
    file(folder, "]", ".deck.toml")
    (folder / ".git").mkdir()
    file(folder / ".git", "]")
    return folder


@case("WG004")
def _shouted(folder: Path) -> Path:
    """A name in capitals is content all the same."""
    file(folder, "]", "DECK.TOML")
    return folder


@case("WG004")
def _long_name(folder: Path) -> Path:
    """The longest name a file can have."""
    return file(folder, "]", "x" * 250 + ".toml")


@case("WG001", "cannot be read")
def _too_long_name(folder: Path) -> Path:
    """A name that no file can have, behind a link."""
    (folder / "deck.toml").symlink_to("x" * 300)
    return folder / "deck.toml"


@case("WG004")
def _name_of_two_lines(folder: Path) -> Path:
    """A file's name whose second line is a message of its own."""
    file(folder, "]", "a\nNo fault found.\n.toml")
    return folder


@case("WG004")
def _name_with_escape(folder: Path) -> Path:
    """A file's name that would rename the window, and turn the line round."""
    file(folder, "]", "\x1b]0;owned\x07\u202e\x9b.toml")
    return folder


@case("WG004", "[bold red]x[/]")
def _name_with_markup(folder: Path) -> Path:
    """A file's name with markup in it."""
    inner = folder / "[bold red]x["
    inner.mkdir()
    file(inner, "]", "].toml")
    return folder


@case("WG004")
def _name_of_bytes(folder: Path) -> Path:
    """A file's name that is no text in any encoding."""
    path = os.path.join(os.fsencode(folder), b"\xff\xfe\xed\xa0\x80.toml")  # noqa: PTH118 - a name of bytes
    with open(path, "wb") as written:  # noqa: PTH123
        written.write(b"]")
    return folder


@case("WG004")
def _name_like_an_option(folder: Path) -> Path:
    """A file's name that looks like an option."""
    file(folder, "]", "--help.toml")
    return folder


@case("WG104 WG201")
def _names_by_case(folder: Path) -> Path:
    """Two files that some systems take for one, with the same id in both."""
    file(folder, HEAD + concept("a"), "deck.toml")
    file(folder, HEAD + concept("a"), "Deck.toml")
    return folder


# Scenarios


@case("WG201 WG301 WG303 WG305", "defined before")
def _scenario_and_its_copy(folder: Path) -> Path:
    """A scenario and its safety copy in one folder."""
    file(folder, SMALL.replace("alone = true\n", ""))
    file(folder, SMALL.replace("alone = true\n", ""), "copy.toml")
    return folder


@case("WG104 WG301 WG305 WG401 WG102", "is no id")
def _signs_in_a_capital(folder: Path) -> Path:
    """A dyad whose challenger is written like a sheet or a condition; found by a mutant."""
    return small(folder, ('challenger = "karsk"', 'challenger = "x > 3"'))


@case("WG303 WG401", "does not fit")
def _start_whose_double_is_beyond_all(folder: Path) -> Path:
    """A track of half points that starts at a number whose double no machine holds; found by a mutant."""
    return small(folder, ("half = true\nstart = 3", "half = true\nstart = 1e308"))


@case("WG201", "defined before")
def _copy_that_stands_alone(folder: Path) -> Path:
    """The same with one that stands alone."""
    file(folder, SMALL)
    file(folder, SMALL, "copy.toml")
    return folder


@case(HARMLESS)
def _inherits_from_itself(folder: Path) -> Path:
    """A scenario that follows itself: played on, and no fault."""
    more = '[scenario.inherit]\nfrom = "strait-of-ys"\ncarry = ["world.cohesion", "world.cohesion"]\n\n[[scenario.capital]]'
    return small(folder, ("[[scenario.capital]]", more))


REMAP = (
    '[scenario.remap.six]\nrung = { calm = "ruin", demand = "calm", closure = "calm", war = "calm" }\n'
    'zone = { none = "none" }\nlanding = { truce = "truce" }\n\n[[scenario.capital]]'
)


@case("WG301 WG305 WG402 WG401 WG104")
def _remaps_in_a_circle(folder: Path) -> Path:
    """A scenario that is mapped onto its own ladder, upside down."""
    return small(folder, ("[[scenario.capital]]", REMAP))


@case("WG201 WG301 WG303 WG401 WG305", "nothing says where")
def _remaps_onto_nothing(folder: Path) -> Path:
    """Maps onto ladders that are not there, or are the wrong ones."""
    rungs = "".join(
        f'[scenario.remap.{name}]\nrung = {{ calm = "{name}" }}\n' for name in ("kahn-44", "none", "twenty-five")
    )
    return small(folder, ("alone = true\n", ""), ("[[scenario.capital]]", rungs + "[[scenario.capital]]"))


@case("WG103 WG104 WG105 WG301 WG402")
def _replaces_everything(folder: Path) -> Path:
    """A scenario that changes whatever it can: ids, kinds, itself."""
    rows = {
        "card.storm": 'id = "other"', "card.none": 'title = "T"', "scenario.strait-of-ys": "turns = 99",
        "rung.war": 'zone = 3\nid = "calm"', "zone.none": "down_face = 99", "ladder.six": "rung = []",
        "rulebook.plain": "save = -1", "theory.even": 'base = "even"', "track.x": "low = inf",
        '"a\\u001b[2J"."b\\nc"': '"d\\u202e" = 1', "landing.truce": 'from = ["nowhere"]', "landing.none": "accept = 1",
    }  # fmt: skip
    text = "".join(f"[scenario.replace.{name}]\n{keys}\n" for name, keys in rows.items())
    return small(folder, ("[scenario.replace.card.fog]", text + "[scenario.replace.card.fog]"))


@case("WG104 WG305 WG106 WG301 WG302 WG102")
def _accepts_the_impossible(folder: Path) -> Path:
    """Claims that no play can meet, and that would take for ever."""
    rows = (
        'percent = [100, 0]\nchallenge = "karsk>velm war"',
        "percent = [50]\ngames = 1000000000",
        'percent = [0, 100]\nending = "strait-of-ys"',
        'percent = [0, 100]\nchallenge = "strait-of-ys accept"\npackage = "x"\ntheory = "x"',
        'percent = [-1, 101]\ngames = 10\ndoctrines = { karsk = "x", x = "x" }\nholds = [""]',
    )
    text = "".join(f'[[scenario.accept]]\ntext = "T."\n{row}\n' for row in rows)
    return small(folder, ("[[scenario.capital]]", text + "[[scenario.capital]]"))


@case("WG104")
def _turns_without_end(folder: Path) -> Path:
    """A game of a million turns."""
    return small(folder, ("turns = 5", "turns = 1000000"))


@case("WG104 WG301")
def _draws_without_end(folder: Path) -> Path:
    """A million cards every turn, and minus one before."""
    return small(folder, ("draws = { strand = 1 }", "draws = { strand = 1000000 }"), ("cards = 1", "cards = -1"))


@case("WG106")
def _starts_of_thousands(folder: Path) -> Path:
    """Twenty thousand starting values."""
    rows = "".join(f'"world.t{place}" = 1\n' for place in range(20_000))
    return small(folder, ("[scenario.start]\n", "[scenario.start]\n" + rows))


@case("WG105 WG301 WG302 WG303 WG304")
def _starts_of_nothing(folder: Path) -> Path:
    """Starting values at addresses that are none."""
    rows = "".join(
        f'"{name}" = {value}\n'
        for name, value in (
            ("*>*.denial", 3), ("", 1), ("world", 1), ("world.", 1), (".cohesion", 1), ("a\\nb.c", 1), ("\\u001b[2J.x", 1),
            ("karsk.rung", 1), ("world.turn", 1), ("karsk.face.seen", 1), ("karsk>velm.denial.true.seen", 1),
            ("karsk.face", '"[red]x"'), ("velm.face", "{ seen = 1, true = 2 }"), ("karsk>velm.denial", "999.5"),
            ("__class__.__name__", 1), ("a" * 5_000, 1),
        )
    )  # fmt: skip
    return small(folder, ("[scenario.start]\n", "[scenario.start]\n" + rows))


@case("WG301")
def _ratings_of_python(folder: Path) -> Path:
    """Ratings called as methods are."""
    names = (
        "copy",
        "json",
        "model_extra",
        "model_fields",
        "model_config",
        "__class__",
        "__dict__",
        "dict",
        "why_",
        "self",
    )
    rows = "".join(f"{name} = 3\n" for name in names)
    return small(folder, ('dyad = "karsk-velm"\nprize', f'dyad = "karsk-velm"\n{rows}prize'))


@case("WG105 WG301 WG402 WG401 WG104")
def _sheets_of_nobody(folder: Path) -> Path:
    """Sheets under names that are no two capitals."""
    names = (
        "",
        ">",
        "karsk",
        "karsk>",
        ">velm",
        "karsk>karsk",
        "karsk>velm>oster",
        "velm>oster",
        "a\\u202eb>c",
        "*>velm",
    )
    rows = "".join(f'[scenario.sheet."{name}"]\ndyad = "karsk-velm"\n' for name in names)
    return small(folder, ('[scenario.sheet."karsk>velm"]\n', rows + '[scenario.sheet."karsk>velm"]\n'))


@case("WG104 WG105")
def _escapes_everywhere(folder: Path) -> Path:
    """An escape sequence behind every name there is."""
    lines = []
    for line in SMALL.splitlines():
        is_text = line.endswith('"') and " = " in line and not line.startswith(("format", "#", "["))
        lines.append(line[:-1] + '\\u001b[2J\\n\\u202e[/]"' if is_text else line)
    return file(folder, "\n".join(lines) + "\n")


RATED = (
    'prize = 3\nloss = 3\ndenial = 3\nassure = 3\nwhy = { prize = "P.", loss = "L.", denial = "D.", assure = "A." }\n'
)
TALL = [f"x{place}" for place in range(94)]
"""Rungs on top of the small scenario's six: a hundred is as many as a ladder may have."""


def _crowd(challengers: int, partners: int, dyads: int, edges: int = 0) -> str:
    """Return a sound scenario of many capitals that all quarrel; ``edges``: how often all rungs of a tall ladder are joined."""
    first, second = [f"c{place}" for place in range(challengers)], [f"p{place}" for place in range(partners)]
    pairs = [(one, two) for two in second for one in first][:dyads]
    rows = [
        f'[[doctrine]]\nid = "way-of-{name}"\nname = "N"\nseat = "{name}"\ncard = "C."\n' for name in first + second
    ]
    rows += [
        f'[[scenario.capital]]\nid = "{name}"\nname = "{name}"\nrole = "{role}"\norders = 2\nincome = 3\nbrief = "B."\n'
        f'doctrines = ["way-of-{name}"]\n[[scenario.objective]]\nseat = "{name}"\npoints = 100\ntext = "T."\n'
        f'track = "{name}.face"\nworst = 0\nbest = 10\n'
        for role, names in (("challenger", first), ("partner", second))
        for name in names
    ]
    for one, two in pairs:
        rows.append(
            f'[[scenario.dyad]]\nid = "{one}-{two}"\nname = "D"\ntheatre = "ys"\nchallenger = "{one}"\npartner = "{two}"\n'
            f'patron = "oster"\nstack = ["calm {one}"]\n'
        )
        rows += [
            f'[scenario.sheet."{pair}"]\ndyad = "{one}-{two}"\n{RATED}' for pair in (f"{one}>{two}", f"{two}>{one}")
        ]
    text = SMALL.replace("[[scenario.inject]]", "".join(rows) + "[[scenario.inject]]", 1)
    if edges:
        steps = "".join(
            f'[[ladder.rung]]\nid = "{name}"\nname = "X"\nzone = "depths"\ntext = "T."\nseverity = 99\n'
            for name in TALL
        )
        ends = json.dumps(TALL)
        way = f'[[ladder.edge]]\ntype = "lateral"\nfrom = {ends}\nto = {ends}\nwho = ["challenger", "partner", "patron"]\n'
        text = text.replace("[[ladder.edge]]", steps + way * edges + "[[ladder.edge]]", 1)
    return text


@case(HARMLESS)
def _crowd_of_capitals(folder: Path) -> Path:
    """Twelve capitals and twenty-four quarrels among them: as many as there may be."""
    return file(folder, _crowd(4, 5, 20))


@case("WG104 WG301 WG401 WG402", "is too long")
def _too_many_capitals(folder: Path) -> Path:
    """A hundred capitals and their two thousand quarrels."""
    return file(folder, _crowd(45, 45, 200))


@case("WG002 WG201", "more than can be checked")
def _edges_between_all(folder: Path) -> Path:
    """A hundred rungs with an edge from each to each, and as many capitals as there can be."""
    return file(folder, _crowd(4, 5, 20, 1))


@case("WG002 WG201 WG106")
def _edges_over_and_over(folder: Path) -> Path:
    """The same edges ninety times, each of them one too many."""
    return file(folder, _crowd(1, 1, 1, 90))


@case("WG002", "more than can be checked")
def _measures_for_everybody(folder: Path) -> Path:
    """Six hundred measures by everybody for everybody."""
    names = json.dumps(
        ["karsk", "velm", "oster", *(f"c{place}" for place in range(4)), *(f"p{place}" for place in range(5))]
    )
    rows = "".join(
        f'[[measure]]\nid = "x{place}"\ntitle = "T"\ntext = "T."\nconcept = "commitment"\nby = {names}\nfor = {names}\n'
        'step = "aid"\ncost = 1\nwhen = ["self.readiness >= 1"]\nthen = ["self.readiness + 1"]\n'
        for place in range(600)
    )
    return file(folder, _crowd(4, 5, 20) + rows)


@case("WG002", "more than can be checked")
def _reactions_to_everything(folder: Path) -> Path:
    """Four hundred reactions that ask forty things of everybody at each turn."""
    when = json.dumps([["*>self.loss >= 1", "self>*.loss >= 1", "world.cohesion >= 1"]] * 12)
    rows = "".join(
        f'[[reaction]]\nid = "x{place}"\non = "turn-start"\nwhen = {when}\nthen = ["*>self.loss + 1"]\ntext = "T."\n'
        for place in range(400)
    )
    return file(folder, _crowd(4, 5, 20) + rows)


@case("WG106 WG104 WG002 WG301")
def _thousands_of_everything(folder: Path) -> Path:
    """Objectives, endings, lessons, answers and claims by the thousand."""
    rows = "".join(
        f'[[scenario.answer]]\nabout = "A"\ntext = "T."\n[[scenario.lesson]]\nturn = 1\nconcept = "x{place}"\ntitle = "T"\n'
        f'text = "T."\n[[scenario.ending]]\nid = "e{place}"\nname = "E"\ntext = "T."\n'
        for place in range(1_500)
    )
    return file(folder, SMALL.replace("[[scenario.objective]]", rows + "[[scenario.objective]]", 1))


@case("WG201 WG305 WG302 WG301")
def _stack_of_hundreds(folder: Path) -> Path:
    """A quarrel with a hundred climbs behind it, up and down and by strangers."""
    stack = ", ".join(['"calm karsk"', '"ruin velm"', '"demand nobody"', '"x y z"'] * 25)
    return small(folder, ('stack = ["calm karsk", "demand karsk"]', f"stack = [{stack}]"))
