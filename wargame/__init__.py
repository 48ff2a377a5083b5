"""wargame: a tabletop assistant for deterrence exercises.

The house, from the ground up; each floor imports only those below it (tests/test_architecture.py holds the table):

``errors``
    One family of expected failures, one exit code each.
``rules``
    The game, pure: tracks, ladder, sheets, the deterrence calculus, ``decide`` (a command becomes events), ``evolve`` (an
    event becomes the next state), ``sight`` (a state becomes one side's view).
``content``, ``graph``, ``log``, ``recorded``, ``store``, ``bots``
    TOML to a compiled box; the ladder as a networkx graph; the hash-chained log and the SQLite exercise file; players that
    are no people.
``verification``, ``exercise``, ``ledger``
    A record played again and compared; the use cases (create, open, submit, resume, explain); who was believed, and why.
``export``
    One walk over the journal, one file for each format.
``cli``
    typer and rich live here and nowhere else.
"""

from __future__ import annotations

__version__ = "0.1.0"
