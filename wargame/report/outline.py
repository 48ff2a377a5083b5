"""The parts of a report in the order in which they are read, for contents lists and for headings."""

from __future__ import annotations

from msgspec import Struct

from wargame.report.model import Report


class Part(Struct, frozen=True):
    """A part: where it lies on the page, its number (empty for the appendix), its title."""

    id: str
    number: str
    title: str

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}" if self.number else self.title


def parts(report: Report) -> tuple[Part, ...]:
    """Return the parts this report has; only those that can be missing altogether are left out."""
    titles = [
        ("overview", "Overview", True),
        ("course", "The course on the ladder", True),
        ("moments", "Key moments", True),
        ("chronology", "Chronology", True),
        ("insights", "Decisions and assumptions", report.insights is not None),
        ("findings", "Findings", True),
        ("plan", "Improvement plan", bool(report.plan)),
        ("checks", "Every check and its terms", True),
        ("theories", "The same checks under the other theories", any(check.theories for check in report.checks)),
        ("credibility", "Credible and believed", True),
        ("permission", "Whom each veto protected", True),
        ("white-cell", "The white cell's record", report.white_cell is not None),
        ("branches", "What a branch shows", bool(report.counterfactuals)),
        ("questions", "Questions for discussion", True),
        ("sources", "Facts about the sources", bool(report.sources)),
    ]
    shown = [(id_, title) for id_, title, there in titles if there]
    numbered = [Part(id_, str(number), title) for number, (id_, title) in enumerate(shown, start=1)]
    return (*numbered, Part("evidence", "", "Appendix: the places in the log that are cited"))
