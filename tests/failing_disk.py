"""A disk that fails and a process that dies, at a statement of one's choice."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from typing import Any


def in_a_child(work: Callable[[], None]) -> int:
    """Run ``work`` in a fork and return its exit status."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(9)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Faults:
    """Counts the statements of a connection and fails, or dies, at one of them."""

    def __init__(self, fail_at: int = -1, die_at: int = -1, late: bool = False, refuse_hold: int = -1) -> None:
        self.fail_at, self.die_at, self.late, self.refuse_hold = fail_at, die_at, late, refuse_hold
        self.statements = 0
        self.holds = 0
        self.armed = True

    def connect(self, *given: Any, **named: Any) -> sqlite3.Connection:
        plan = self

        class Faulty(sqlite3.Connection):
            def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
                return plan.run(sql, lambda: sqlite3.Connection.execute(self, sql, *more))

            def executemany(self, sql: str, *more: Any) -> sqlite3.Cursor:
                return plan.run(sql, lambda: sqlite3.Connection.executemany(self, sql, *more))

        return sqlite3.connect(*given, factory=Faulty, **named)

    def run(self, sql: str, really: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
        if not self.armed:
            return really()
        if "BEGIN" in sql:
            self.holds += 1
            if self.holds == self.refuse_hold:
                fault = sqlite3.OperationalError("database is locked")
                fault.sqlite_errorcode = sqlite3.SQLITE_BUSY
                raise fault
        self.statements += 1
        fails, dies = self.statements == self.fail_at, self.statements == self.die_at
        if self.late and (fails or dies):
            really()
        if dies:
            os._exit(77)
        if fails:
            raise sqlite3.OperationalError("database or disk is full")
        return really()
