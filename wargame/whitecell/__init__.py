"""What a white cell needs to know while it runs an exercise, as values: nothing here prints, asks, or changes a state.

``clock``, ``submissions``, ``conflicts``, ``ruling``, ``injects``, ``news``, ``questions``, ``levers``
    One part of the console each; functions from the box, the state and the journal.
``trial``
    What an input would bring, without a throw of the dice and without a trace.
``picture``, ``projection``, ``page``
    The public picture for the projector: the value with its file, how it is made, and how it looks in a browser.

Everything that is for one side's eyes is made from its view or from what it witnessed. The console shows the rest.
"""
