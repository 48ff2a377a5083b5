"""Aid, posture and permission: measures and dials, before any climb (rule 5.2)."""

from __future__ import annotations

from wargame.rules.events import MeasureTaken, OrderLapsed, PermissionSet
from wargame.rules.legal import dials, why_no_measure
from wargame.rules.orders import Dial, Take
from wargame.rules.sight import look
from wargame.rules.table import Table


def permit(table: Table, patron: str, dial: Dial) -> None:
    """Set a partner's permission, one word up or down; announced, everyone believes it."""
    box = table.box
    if (dial.partner, dial.permission) not in dials(box, look(box, table.state, patron)):
        table.emit(OrderLapsed(patron, f"permission of {dial.partner}", "one word a turn"))
        return
    bond = f"{patron}>{dial.partner}.permission"
    before, word = table.raw(f"{bond}.true"), box.track[f"{bond}.true"].raw(dial.permission)
    numbers = [(f"{bond}.true", word)]
    if dial.announced:
        numbers.append((f"{bond}.seen", word))
    table.emit(PermissionSet(patron, dial.partner, dial.permission, dial.announced, table.put(*numbers)))
    moment = "permission-raised" if word > before else "permission-lowered"
    for dyad in box.local_dyads(patron):
        if dyad.partner == dial.partner:
            table.moment(moment, patron, dyad.id, target=dial.partner)


def order(table: Table, capital: str, take: Take, paid: int) -> None:
    """Carry out a measure, or send it on its way; ``paid`` is what it cost."""
    box = table.box
    reason = why_no_measure(box, capital, table.state.values, take)
    action = box.action.get((capital, take.measure, take.target))
    if reason or action is None:
        lapse(table, capital, take.measure, reason, paid)
        return
    now = table.changes(action.then)
    coming = action.delivery
    under_way = table.changes_after(now, coming.under_way) if coming else ()
    table.emit(MeasureTaken(capital, take.measure, take.target, coming.turns if coming else 0, now, under_way))
    table.throw(action.tests, capital, witnesses=action.witnesses)


def lapse(table: Table, capital: str, what: str, reason: str, paid: int) -> None:
    """Let an order lapse and refund its share of what was paid for it (rule 5.4)."""
    back = paid * table.box.rulebook.refund_percent // 100
    table.emit(OrderLapsed(capital, what, reason, table.shift((f"{capital}.influence", back)) if back else ()))
