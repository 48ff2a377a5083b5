"""The exercise file: one SQLite database with a header and an append-only chain of events.

A write is one transaction in a rollback journal with ``synchronous=FULL``; when :meth:`Store.append` returns, the lines
are on the disk. The writer holds the file by an open ``BEGIN IMMEDIATE``: others may read meanwhile, nobody else may
write, and the system lets go of it when the process dies, however it dies. A file is believed only after its layout,
its pages and its whole chain have been checked; whatever is wrong with it ends in an ExerciseError naming the place, and
a file that cannot be had at all, or cannot be written, in a UsageError.

    layout      what a file looks like     reading     checks and reads     writing     creates, holds and appends
    holder      who holds it, noted beside it for those who find it held
"""

from wargame.store.layout import APPLICATION_ID, FORMAT, SUFFIX
from wargame.store.reading import Peek, Stored, exercises_folder, files_in, peek, read
from wargame.store.writing import Store

__all__ = [
    "APPLICATION_ID",
    "FORMAT",
    "SUFFIX",
    "Peek",
    "Store",
    "Stored",
    "exercises_folder",
    "files_in",
    "peek",
    "read",
]
