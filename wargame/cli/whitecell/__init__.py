"""``wargame console``: the white cell's screen, from which one laptop runs a whole seminar.

It is line by line like the rest of the program: a status, a prompt, short words. Every word is a function of the
:class:`~wargame.cli.whitecell.room.Room` and of what was typed behind the word. The exercise changes only through
:meth:`wargame.exercise.Exercise.submit`; what the screens know comes from :mod:`wargame.whitecell`.
"""
