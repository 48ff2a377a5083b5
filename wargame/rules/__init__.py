"""The rules of the game, pure: no input or output, clock, environment, printing or global chance.

Read :mod:`wargame.rules.box` for what a game is made of, :mod:`wargame.rules.state` for one moment of it, then
:mod:`wargame.rules.decide` and :mod:`wargame.rules.evolve` for how it moves, and :mod:`wargame.rules.deterrence` for why.
"""
