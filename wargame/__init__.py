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
``verification``, ``exercise``, ``ledger``, ``plan``, ``branching``
    A record played again and compared; the use cases (create, open, submit, branch, explain); who was believed, and why;
    the run sheet of a seminar; where an exercise can be left for another course.
``export``, ``difference``, ``pages``
    One walk over the journal, one file for each format; what a branch did otherwise; the one door to HTML.
``whitecell``
    What the white cell needs to know, as values: clock, submissions, ruling card, injects, news; the public picture.
``kit``, ``report``
    The papers of a seminar; the after-action report.
``cli``
    typer and rich live here and nowhere else.
"""

from __future__ import annotations

__version__ = "0.1.0"
