"""``python -m wargame`` is the command ``wargame``."""

from wargame.cli import main

main()
