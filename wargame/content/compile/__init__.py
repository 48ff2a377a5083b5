"""Compiling checked tables into the rules' own types, kind by kind."""
