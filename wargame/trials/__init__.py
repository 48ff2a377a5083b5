"""Many games by doctrines: whether a scenario comes out as its author says, and what its cards do in play.

games        one game, and what came of it
acceptance   the claims of a scenario, tried
balance      endings, rungs and cards over many games
"""
