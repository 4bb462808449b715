"""A repair or a price in words, Chinese or English.

The data speak in ids and seconds; the caller may say how people and times are called.
"""

from collections.abc import Callable
from dataclasses import dataclass

from routing.check import Fault
from routing.plan import Unserved
from routing.repair.differences import Differences, Moved, Retimed, Served, TripChanged
from routing.repair.hand import Priced
from routing.repair.mend import Repair


def clock_time(seconds: int) -> str:
    """Return seconds from the start of the service as hours and minutes, rounded to minutes."""
    sign, minutes = ("-" if seconds < -30 else ""), abs(round(seconds / 60))
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Teller:
    """How things are called.

    Parameters
    ----------
    language : str
        ``"zh"`` or ``"en"``.
    order, courier : callable
        From an id to what people call it.
    time : callable
        From seconds to a time of day.
    reason : callable
        From a `routing.Reason` to words.
    """

    language: str = "zh"
    order: Callable[[str], str] = str
    courier: Callable[[str], str] = str
    time: Callable[[int], str] = clock_time
    reason: Callable[[str], str] = str

    def repair(self, repair: Repair) -> list[str]:
        """Return what a repair changes, the gravest first, one sentence per line."""
        return [
            self._say(
                f"费用：原计划 {repair.cost_before:,.0f}，不调整 {repair.cost_unrepaired:,.0f}，"
                f"调整后 {repair.cost:,.0f}。",
                f"Cost: {repair.cost_before:,.0f} as planned, {repair.cost_unrepaired:,.0f} "
                f"without a repair, {repair.cost:,.0f} with it.",
            ),
            *(self._fact(fault) for fault in repair.facts),
            *self.begun(repair),
            *self.differences(repair.differences),
        ]

    def price(self, priced: Priced) -> list[str]:
        """Return what moves made by hand cost and break, one sentence per line."""
        lines = [
            self._say(
                f"费用变化：{priced.difference:+,.0f}（{priced.before.cost:,.0f} → "
                f"{priced.after.cost:,.0f}）。",
                f"Change of cost: {priced.difference:+,.0f} ({priced.before.cost:,.0f} → "
                f"{priced.after.cost:,.0f}).",
            )
        ]
        lines += [self._say(f"违反：{one.text}", f"Breaks: {one.text}") for one in priced.broken]
        lines += [self._say(f"消除：{one.text}", f"Mends: {one.text}") for one in priced.mended]
        return lines + self.differences(priced.differences)

    def begun(self, repair: Repair) -> list[str]:
        """Return what happens to trips that have begun."""
        lines = []
        for item in repair.standing.begun:
            who = self.courier(item.trip.courier)
            for order in item.skipped:
                name = self.order(order)
                lines.append(
                    self._say(f"{who}不再去{name}（已取消）。", f"{who} skips {name} (cancelled).")
                )
            for order in item.lost:
                name = self.order(order)
                lines.append(
                    self._say(
                        f"{who}无法送达{name}，需重新备餐。",
                        f"{who} does not reach {name}; the meal must be made again.",
                    )
                )
        return lines

    def differences(self, found: Differences) -> list[str]:
        """Return the differences of two plans, one sentence each."""
        return [
            *(self._left_out(item) for item in (*found.dropped, *found.refused)),
            *(self._served(item) for item in found.served),
            *(self._moved(item) for item in found.moved),
            *(self._trip(item) for item in found.trips),
            *(self._retimed(item) for item in found.retimed if _minutes_differ(item)),
            *self._still(len(found.still_unserved)),
        ]

    def _say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def _fact(self, fault: Fault) -> str:
        return self._say(f"已无法避免：{fault.text}", f"Cannot be helped: {fault.text}")

    def _left_out(self, item: Unserved) -> str:
        name, why = self.order(item.order), self.reason(item.reason)
        return self._say(f"{name}无法送达：{why}。", f"{name} cannot be served: {why}.")

    def _still(self, count: int) -> list[str]:
        if not count:
            return []
        return [
            self._say(f"另有 {count} 单仍无法送达。", f"{count} orders stay unserved as before.")
        ]

    def _served(self, item: Served) -> str:
        name, who, when = self.order(item.order), self.courier(item.courier), self.time(item.arrive)
        return self._say(f"{name}由{who}于 {when} 送达。", f"{name} is served by {who} at {when}.")

    def _moved(self, item: Moved) -> str:
        name, when = self.order(item.order), self.time(item.arrive)
        old, new = self.courier(item.before), self.courier(item.after)
        return self._say(
            f"{name}由{old}改为{new}，{when} 送达。",
            f"{name} moves from {old} to {new}, at {when}.",
        )

    def _trip(self, item: TripChanged) -> str:
        who, when = self.courier(item.courier), self.time(item.depart)
        parts = [f"+{self.order(one)}" for one in item.added]
        parts += [f"-{self.order(one)}" for one in item.removed]
        if item.new:
            return self._say(
                f"{who}新增 {when} 出发的一趟：{'、'.join(parts)}。",
                f"{who} makes a new trip at {when}: {', '.join(parts)}.",
            )
        if not parts:
            return self._say(
                f"{who} {when} 出发的一趟改变了顺序。",
                f"{who}'s trip at {when} is in another order.",
            )
        return self._say(
            f"{who} {when} 出发的一趟：{'、'.join(parts)}。",
            f"{who}'s trip at {when}: {', '.join(parts)}.",
        )

    def _retimed(self, item: Retimed) -> str:
        name, old, new = self.order(item.order), self.time(item.before), self.time(item.after)
        return self._say(f"{name}改为 {new}（原 {old}）。", f"{name} at {new} instead of {old}.")


def _minutes_differ(item: Retimed) -> bool:
    """Return whether a door would notice the new time."""
    return abs(item.after - item.before) >= 60
