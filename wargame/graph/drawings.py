"""Pictures of a ladder as text for other programs: Graphviz and Mermaid, every text quoted and made harmless."""

from __future__ import annotations

import unicodedata
from typing import Final

from wargame.rules.ladder import Edge, Ladder

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_DOT_STYLE: Final = {"jump": "bold", "wormhole": "dotted", "horizontal": "dashed"}
_MERMAID_ARROW: Final = {"jump": "==>", "wormhole": "-.->", "horizontal": "-.->"}
_MERMAID_CODES: Final = str.maketrans({c: f"#{ord(c)};" for c in "#\"'`<>&;[](){}|\\%"})


def label(text: str) -> str:
    """Return text on one line, without characters that do not print, change direction or may not stand in XML."""
    shown = " ".join(text.split())
    return "".join(c if unicodedata.category(c) not in _HIDDEN else f"(U+{ord(c):04X})" for c in shown)


def dot(ladder: Ladder, landings: bool = False) -> str:
    """Return the ladder in Graphviz's language, zones as clusters, lowest at the bottom; with its off-ramps if asked."""
    lines = [
        f"digraph {_quoted(ladder.id)} {{",
        f"  label={_quoted(ladder.name)};",
        "  rankdir=BT;",
        "  node [shape=box];",
    ]
    for number, zone in enumerate(ladder.zones):
        rungs = [rung for rung in ladder.rungs if rung.zone == number]
        lines.append(f"  subgraph {_quoted(f'cluster_{number}')} {{")
        lines.append(f"    label={_quoted(zone.name)};")
        for rung in rungs:
            style = ", style=bold" if rung.marks else ""
            lines.append(f"    {_quoted(rung.id)} [label={_quoted(f'{rung.id} {rung.name}')}{style}];")
        lines.append("  }")
    for edge in ladder.edges:
        source, target = _quoted(ladder.rungs[edge.source].id), _quoted(ladder.rungs[edge.target].id)
        style = _DOT_STYLE.get(edge.type, "solid")
        lines.append(f"  {source} -> {target} [label={_quoted(_said(edge))}, style={style}];")
    if landings:
        for landing in ladder.landings:
            node = _quoted(f"landing {landing.id}")
            lines.append(f"  {node} [label={_quoted(landing.name)}, shape=ellipse];")
            lines += [f"  {_quoted(ladder.rungs[at].id)} -> {node} [style=dotted];" for at in landing.source]
    return "\n".join([*lines, "}"]) + "\n"


def mermaid(ladder: Ladder, landings: bool = False) -> str:
    """Return the ladder as a Mermaid flowchart; with its off-ramps if asked."""
    lines = ["flowchart BT"]
    for number, zone in enumerate(ladder.zones):
        lines.append(f'  subgraph z{number}["{_coded(zone.name)}"]')
        for place, rung in enumerate(ladder.rungs):
            if rung.zone == number:
                lines.append(f'    n{place}["{_coded(f"{rung.id} {rung.name}")}"]')
        lines.append("  end")
    for edge in ladder.edges:
        arrow = _MERMAID_ARROW.get(edge.type, "-->")
        lines.append(f'  n{edge.source} {arrow}|"{_coded(_said(edge))}"| n{edge.target}')
    if landings:
        for place, landing in enumerate(ladder.landings):
            lines.append(f'  l{place}(["{_coded(landing.name)}"])')
            lines += [f"  n{at} -.-> l{place}" for at in landing.source]
    return "\n".join(lines) + "\n"


def _said(edge: Edge) -> str:
    return f"{edge.type}: {' '.join(edge.who)}" if edge.who else edge.type


def _quoted(text: str) -> str:
    """Return a quoted string of Graphviz, in which neither a quote nor an escape is left to act."""
    shown = label(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'


def _coded(text: str) -> str:
    """Return a label of Mermaid, everything that could end it or act in it written as a character code."""
    return label(text).translate(_MERMAID_CODES) or " "
