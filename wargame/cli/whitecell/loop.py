"""The loop of the console: a prompt, a word, what it does, and the status again."""

from __future__ import annotations

from functools import partial

from wargame.cli.asking import Leave
from wargame.cli.page import QUIET
from wargame.cli.whitecell import clerk, status, vocabulary
from wargame.cli.whitecell.room import GIVES_UP, GivenUp, Room, give_up
from wargame.errors import UsageError


class Loop:
    """Takes words until the white cell leaves."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._was_interrupted = False
        self._ahead = ""
        room.page.more = self._more

    def run(self) -> None:
        """Take words. Raises Leave when the white cell leaves, KeyboardInterrupt on a second interruption in a row."""
        self._usual_words()
        self.room.settle()
        self._look()
        while True:
            try:
                self._take()
                self._was_interrupted = False
            except GivenUp:
                if not self._ahead:
                    self.room.page.text("Left as it was.", style=QUIET)
            except UsageError as fault:  # the disk is full, or somebody was quicker to take the file
                self.room.page.text(f"{fault}. Nothing of that input was kept; try again.")
            except KeyboardInterrupt:
                if self._was_interrupted:
                    raise
                self._was_interrupted = True
                self.room.page.text("\nLeft as it was. quit leaves, and so does Ctrl-C once more.", style=QUIET)
            finally:
                self._usual_words()

    def _take(self) -> None:
        """Take one line and do what it says."""
        room, before = self.room, len(self.room.entries)
        status.ring(room)
        typed, self._ahead = self._ahead or room.asker.line(f"{status.strip(room)} > "), ""
        name, _, rest = typed.partition(" ")
        found = vocabulary.find(name) if name else ()
        if not typed:
            status.draw(room)
        elif len(found) != 1:
            room.page.text(vocabulary.unknown(name, found))
        else:
            try:
                found[0].does(room, rest.strip())
            finally:
                if len(room.entries) != before:
                    room.settle()
            if found[0].redraws and len(room.entries) != before:
                self._look()

    def _look(self) -> None:
        """Show the status, or to those who listen only what is waited for."""
        if self.room.page.plain:
            self.room.page.text(f"Waits for {status.waits(self.room)}")
        else:
            status.draw(self.room)

    def _more(self) -> None:
        """Hold a full screen until Enter; a word typed here leaves it and is done next."""
        typed = self.room.asker.line("-- Enter for more, or a word -- ")
        if typed:
            self._ahead = "" if typed.lower() in GIVES_UP else typed
            raise GivenUp

    def _usual_words(self) -> None:
        """Set what works at every question the white cell is asked."""
        room = self.room
        room.asker.words = dict.fromkeys(GIVES_UP, give_up) | {
            "?": lambda _: room.page.text(
                "x gives this up. n TEXT takes a note. All words are at the prompt: ? there."
            ),
            "n": partial(clerk.note, room),
        }


def hold(room: Room) -> None:
    """Hold the room until the white cell leaves; nothing is lost however that happens."""
    try:
        Loop(room).run()
    except Leave:
        room.page.more = None
        room.page.gap()
