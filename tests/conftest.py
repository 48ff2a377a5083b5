"""Boxes and games that many tests share; compiled and played once a session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.games import Game, february, played, three_capitals
from wargame.rules.box import Box

# The same examples everywhere: a red build can be repeated, and machines here are noisy.
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("ci")


OWN = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME")


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every program a test starts, away from the user's own folders.

    Programs keep what Python makes of their source, as they do for a user: to make it anew takes a third of their time.
    """
    before = {name: os.environ.get(name) for name in (*OWN, "PYTHONDONTWRITEBYTECODE")}
    home = tmp_path_factory.mktemp("home")
    os.environ.update(XDG_DATA_HOME=str(home / "data"), XDG_CONFIG_HOME=str(home / "config"), HOME=str(home))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="session")
def box() -> Box:
    """February 2022, compiled."""
    return february()


@pytest.fixture(scope="session")
def three() -> Box:
    """A scenario of three capitals with other names and a ladder of six rungs."""
    return three_capitals()


@pytest.fixture(scope="session")
def game(box: Box) -> Game:
    """A whole game of February 2022 played by doctrines from seed 7."""
    return played(box, 7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
