"""The after-action report: :mod:`.model` is what it holds, :mod:`.compose` makes it from a recorded exercise.

:func:`wargame.report.compose.report_of` is the door; what renders a report reads the model and nothing else:
:mod:`.html` is the page with its :mod:`.pictures`, :mod:`.md` the same in Markdown, :mod:`.outline` and :mod:`.tables`
what both have in common.
"""
