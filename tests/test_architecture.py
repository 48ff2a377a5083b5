"""Who may import whom, checked over the source itself (docs: wargame/__init__.py)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "wargame"

# Floors, lowest first. A room may import from its own floor's family (same name) and from every lower floor.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("rules",),
    ("content", "graph", "log", "bots"),
    ("recorded", "store"),
    ("verification",),
    ("exercise", "ledger", "plan", "trials"),
    ("branching", "sequel"),
    ("export",),
    ("difference", "pages"),
    ("whitecell",),
    ("kit", "report"),
    ("cli", "__main__"),
)

# Third parties and heavy parts of the standard library: each has one door, a room or a single module.
DOORS = {
    "typer": {"cli", "__main__"},
    "rich": {"cli"},
    "pydantic": {"content"},
    "tomli": {"content"},
    "tomlkit": {"content.writing"},
    "networkx": {"graph"},
    "jinja2": {"pages"},
    "markupsafe": {"pages", "report"},
    "sqlite3": {"store"},
    "platformdirs": {"content", "store", "cli"},
}

FORBIDDEN_IN_RULES = {
    "random", "time", "datetime", "os", "sys", "pathlib", "io", "logging", "secrets", "socket", "subprocess", "threading",
}  # fmt: skip

BOTS_MAY_SEE = {
    "view", "measures", "conditions", "dice", "box", "doctrines", "ladder", "legal", "orders", "deterrence", "tracks",
    "theory", "cards",
}  # fmt: skip


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__") or "__init__", path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [alias.name for alias in node.names]
            module = node.module or ""
            if module in ("wargame", "wargame.rules", "wargame.rules.resolve"):
                yield from (f"{module}.{name}" for name in names)
            else:
                yield module


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


MODULES = list(modules())


def test_every_room_has_a_floor() -> None:
    rooms = {name.split(".")[0] for name, _ in MODULES if name != "__init__"}
    assert rooms <= {room for rooms in FLOORS for room in rooms}, "a new room must be placed on a floor"


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_imports_go_downwards_only(name: str, path: Path) -> None:
    if name == "__init__":
        return
    room = name.split(".", maxsplit=1)[0]
    for found in imports(path):
        if not found.startswith("wargame"):
            continue
        assert found != "wargame", f"{name} imports the package root"
        other = found.split(".")[1]
        if other == "__version__":
            continue
        assert other == room or floor(other) <= floor(room), f"{name} (floor {floor(room)}) imports {found}"


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_each_dependency_has_one_door(name: str, path: Path) -> None:
    room = name.split(".", maxsplit=1)[0]
    for found in imports(path):
        top = found.split(".")[0]
        if top in DOORS:
            assert {room, name} & DOORS[top], f"{name} imports {top}, whose door is {sorted(DOORS[top])}"


@pytest.mark.parametrize(("name", "path"), [each for each in MODULES if each[0].startswith("rules")])
def test_the_rules_are_pure(name: str, path: Path) -> None:
    for found in imports(path):
        assert found.split(".")[0] not in FORBIDDEN_IN_RULES, f"{name} imports {found}"
    calls = {node.func.id for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert not calls & {"print", "open", "input", "exec", "eval"}, name


@pytest.mark.parametrize(("name", "path"), [each for each in MODULES if each[0].startswith("bots")])
def test_bots_never_see_the_state(name: str, path: Path) -> None:
    for found in imports(path):
        if found.startswith("wargame.rules."):
            assert found.split(".")[2] in BOTS_MAY_SEE, f"{name} imports {found}"


def test_no_import_cycles() -> None:
    graph = {f"wargame.{name}": {f for f in imports(path) if f.startswith("wargame.")} for name, path in MODULES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module in done or module not in graph:
            return
        for other in graph[module]:
            visit(other, (*trail, module))
        done.add(module)

    for module in graph:
        visit(module, ())


def test_the_engine_names_no_capital_and_no_rung() -> None:
    pattern = re.compile(r"kyiv|moscow|taipei|beijing|washington|\br[0-9]{2}\b")
    found = [f"{path.name}:{number}" for _, path in MODULES
             for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if pattern.search(line)]  # fmt: skip
    assert found == []


def test_10_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from wargame.cli import main\n"
        "sys.argv = ['wargame', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'networkx', 'numpy', 'pydantic', 'wargame.content', 'sqlite3', 'msgspec', 'tomlkit'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_an_exercise_changes_only_through_its_use_cases() -> None:
    """Console, board, print and report read; what they change goes through ``exercise.py`` (issue of the seminar, 7)."""
    may = {
        "wargame.store.Store": {"exercise", "verification", "store"},
        "wargame.store.writing.Store": {"store"},
        "wargame.rules.decide.advance": {"rules", "trials.games"},  # games of a trial are kept nowhere
        "wargame.rules.journal.accept": {"exercise", "verification", "whitecell.trial"},
    }
    found: dict[str, set[str]] = {}
    for name, path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if f"{node.module}.{alias.name}" in may:
                        found.setdefault(f"{node.module}.{alias.name}", set()).add(name)
    for what, users in found.items():
        assert all(any(user == each or user.startswith(f"{each}.") for each in may[what]) for user in users), (
            what,
            users,
        )
    assert found.keys() == may.keys()
