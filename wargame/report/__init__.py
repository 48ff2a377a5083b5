"""The after-action report: :mod:`.model` is what it holds, :mod:`.compose` makes it from a recorded exercise.

:func:`wargame.report.compose.report_of` is the door; what renders a report reads the model and nothing else.
"""
