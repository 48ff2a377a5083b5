"""The one door to HTML: templates and values in, pages out. Text is text here; nothing of it is markup, and nothing hides.

Templates lie beside the package that fills them, in ``templates/``.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wargame.export.text import plain


@cache
def templates(package: str) -> Environment:
    """Return the templates of a package such as ``wargame.report``. A value that is missing raises, all text is escaped.

    The filter ``css`` makes a text a string of a style sheet, ``mm`` a length a number for SVG and CSS.
    """
    found = Environment(
        loader=PackageLoader(package), autoescape=True, finalize=_shown, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    found.filters |= {"css": css_string, "mm": millimetres}
    return found


def _shown(value: object) -> object:
    """Make every character of a text visible; what templates made themselves is markup already."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.")


def css_string(text: str) -> Markup:
    """Return text as a string of CSS: all but plain letters are codes, so that nothing ends the string or the style."""
    return Markup('"{}"').format(Markup("".join(c if c in _LETTERS else f"\\{ord(c):x} " for c in plain(text))))


def millimetres(length: float) -> str:
    """Return a length for SVG and CSS with two decimals and without a needless nought."""
    return f"{length:.2f}".rstrip("0").rstrip(".") or "0"
