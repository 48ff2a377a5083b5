"""``wargame content``: one module for each command; ``wargame/cli/families.py`` imports it when the command runs."""
