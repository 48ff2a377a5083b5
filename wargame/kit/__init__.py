"""The print kit: everything a seminar needs on paper, as offline pages of HTML that print to A4 and Letter.

``parts``
    What there is to print, who may hold it, and the one place where a state becomes views.
``team``, ``table``, ``held``
    The papers of a team, those that lie open, those the white cell keeps: each made from one view.
``brief``, ``eyes``, ``objectives``, ``forms``, ``slips``, ``poster``, ``aid``, ``cards``, ``conduct``, ``wording``
    What those papers say, as values.
``paper``, ``render``, ``templates``
    Sizes and type; pages of HTML. Only ``render`` knows jinja2.
"""
