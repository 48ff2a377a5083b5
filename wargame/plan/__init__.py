"""The run sheet of a session: what the table does when, and what to cut when it runs late. Play is cut, never the debrief.

Lengths are the rulebook's (``timing``); the rules know nothing of them. Everything is in whole minutes from the start of
the session, and nothing here reads a clock. A plan is exact: its blocks follow each other without a gap, and the debrief
takes every minute that is over.
"""

from wargame.plan.blocks import BRIEF, DEBRIEF, OF_A_TURN, PAUSE, Block, Plan
from wargame.plan.late import Proposal, cuts, delay, forewarned, replan
from wargame.plan.session import plan

__all__ = [
    "BRIEF", "DEBRIEF", "OF_A_TURN", "PAUSE", "Block", "Plan", "Proposal", "cuts", "delay", "forewarned", "plan", "replan",
]  # fmt: skip
