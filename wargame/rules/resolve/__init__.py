"""The steps of a turn, one module each, in the order they are carried out. All write through a Table."""
