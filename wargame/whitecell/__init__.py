"""What a white cell needs to know while it runs an exercise, as values: nothing here prints, asks, or changes a state.

``clock``, ``submissions``, ``conflicts``, ``ruling``, ``argument``, ``injects``, ``news``, ``questions``, ``levers``
    One part of the console each; functions from the box, the state and the journal.
``trial``, ``expectation``
    What an input, and what the reveal, would bring: without a throw of the dice and without a trace.
``picture``, ``projection``, ``caption``, ``page``
    The public picture for the projector: the value with its file, how it is made, its words, its page for a browser.

Everything that is for one side's eyes is made from its view or from what it witnessed. The console shows the rest.
"""
