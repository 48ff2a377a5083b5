"""What leaves an exercise: one walk over the journal (rows), one module for each format, one for the sentences.

:func:`wargame.export.formats.export` is the door.
"""
