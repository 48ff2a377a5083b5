"""The print kit: everything a seminar needs on paper, as offline pages of HTML that print to A4 and Letter.

``parts``
    What there is to print, who may hold it, and the one place where a state becomes views.
``brief``, ``forms``, ``slips``
    Papers of one team, made from its view and from nothing else.
``poster``, ``aid``
    Papers that lie open on the table.
``cards``, ``conduct``
    Papers of the white cell: cards to cut, the cheat sheet, questions for the debrief.
``paper``, ``render``
    Sizes and type; the only module here that knows jinja2.
"""
