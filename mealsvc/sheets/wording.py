"""The words of the sheets in Chinese and English, and how times and amounts are written."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from mealsvc.sheets.changes import ChangeKind, StopChange
from mealsvc.sheets.facts import AddressFacts, ContactFacts, SheetHead
from mealsvc.sheets.reasons import reason_text
from mealsvc.vocabulary import OrderKind, RevisionState, label

Language = Literal["zh", "en"]

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "route_sheet": "送餐路线单",
        "kitchen_count": "备餐单",
        "revision": "第 {n} 版",
        "replaces": "本单为第 {n} 版，替代第 {before} 版，旧单请作废",
        "would_replace": "本单为第 {n} 版草稿，发布后替代第 {before} 版",
        "void": "已作废",
        "replaced": "本单已作废，请用第 {n} 版",
        "replaced_unknown": "本单已作废",
        "draft": "草稿",
        "draft_note": "草稿 · 不得据此送餐",
        "printed": "打印于 {at}",
        "page": "第 {n} 页 / 共 {m} 页",
        "portions": "{n} 份",
        "stops": "{n} 站",
        "trips": "{n} 趟",
        "trip": "第 {n} 趟",
        "load": "装餐",
        "depart": "出发",
        "return": "返回",
        "load_list": "装餐清单",
        "regular": "普通餐",
        "special": "特殊餐（按人）",
        "stop_ref": "第 {n} 站",
        "minutes": "{n} 分钟",
        "inside": "圈内",
        "outside": "圈外",
        "phone": "电话",
        "no_phone": "无电话",
        "emergency": "紧急",
        "no_contact": "无紧急联系人",
        "note": "注意",
        "floor": "{n} 楼",
        "basement": "地下 {n} 层",
        "lift": "有电梯",
        "no_lift": "无电梯",
        "lift_unknown": "电梯不详",
        "no_address": "地址不详",
        "window": "要求 {from}–{to} 送到",
        "opens": "{at} 开门前送到",
        "care": "需入户协助",
        "handed": "送到",
        "not_handed": "未送",
        "sign": "签收",
        "changed": "变更",
        "was_courier": "原由 {who} 送",
        "was_new": "新增",
        "was_trip": "原第 {trip} 趟",
        "was_order": "顺序有变",
        "was_time": "原 {at}",
        "gone": "不再由您送",
        "gone_to": "改由 {who} 送",
        "gone_out": "本餐不送",
        "count": "收工清点",
        "to_deliver": "应送",
        "delivered": "送到",
        "returned": "退回",
        "refused": "拒收",
        "boxes_back": "保温箱归还",
        "courier_sign": "送餐员签名",
        "canteen_sign": "食堂核对",
        "at_time": "时间",
        "scan": "手机扫码看任务",
        "canteen_mark": "食",
        "canteen": "食堂",
        "courier": "送餐员",
        "boxes": "保温箱装 {n} 份",
        "attribution": "© OpenStreetMap contributors",
        "straight": "无路网数据，直线示意",
        "unplaced": "未标出：第 {stops} 站",
        "missing": "〓 为字库缺字：{codes}，原字见电子表格",
        "legend": "● 圈内：出发后 {n} 分钟内送到  ○ 圈外",
        "nothing": "无送餐任务",
        "north": "北",
        "pick_up_here": "食堂自取",
        "kind_total": "合计",
        "amount": "份数",
        "routes": "送餐路线",
        "delivery_book": "送餐表",
        "all_couriers": "全部",
        "void_notice": "作废-已由第{n}版替代",
        "void_text": "本文件夹的单据已作废，请使用第 {n} 版。",
        "file_revision": "第{n}版",
        "code": "编号",
        "trip_number": "趟次",
        "stop_number": "站序",
        "planned": "计划时间",
        "ride_minutes": "在途分钟",
        "circle": "10分钟圈",
        "kind": "类别",
        "diet_words": "饮食要求",
        "compound": "小区",
        "building": "楼栋",
        "unit": "单元",
        "floor_number": "楼层",
        "room": "房号",
        "lift_word": "电梯",
        "yes": "有",
        "no": "无",
        "contact_person": "紧急联系人",
        "contact_phone": "紧急联系电话",
        "requests": "要求",
        "stop_count": "站数",
        "regular_amount": "普通餐份数",
        "courier_code": "送餐员编号",
        "canteen_code": "食堂编号",
        "detail": "说明",
        "address": "地址",
        "diet": "餐别",
        "to_cook": "今日备餐",
        "by_diet": "按餐别份数",
        "specials": "特殊餐名单",
        "packing": "分趟装箱",
        "no_specials": "无特殊餐",
        "no_trips": "无送餐趟次",
        "left_out": "未送达与未定位",
        "left_out_table": "未送达",
        "left_out_note": "以下老人本餐无人送，请电话告知并安排",
        "all_served": "全部订单已安排",
        "reason": "原因",
        "released": "本版不再出勤的送餐员",
        "person": "姓名",
        "where": "去向",
        "by_trip": "{courier} 第 {trip} 趟",
        "loading": "装餐",
        "leaving": "出发",
        "cook_finish": "出锅时间",
        "temperature": "中心温度",
        "sample": "留样 125 g",
        "checked": "核对",
        "cook_sign": "厨师签名",
        "manager_sign": "负责人签名",
    },
    "en": {
        "route_sheet": "Route sheet",
        "kitchen_count": "Kitchen count",
        "revision": "Revision {n}",
        "replaces": "Revision {n} replaces revision {before}; throw the old sheet away",
        "would_replace": "Draft revision {n}; once published it replaces revision {before}",
        "void": "VOID",
        "replaced": "This sheet is void; use revision {n}",
        "replaced_unknown": "This sheet is void",
        "draft": "DRAFT",
        "draft_note": "DRAFT · do not deliver by it",
        "printed": "Printed {at}",
        "page": "Page {n} of {m}",
        "portions": "{n} portions",
        "portions_one": "1 portion",
        "stops": "{n} stops",
        "stops_one": "1 stop",
        "trips": "{n} trips",
        "trips_one": "1 trip",
        "trip": "Trip {n}",
        "load": "load",
        "depart": "depart",
        "return": "return",
        "load_list": "Load",
        "regular": "Regular",
        "special": "Special diets by person",
        "stop_ref": "stop {n}",
        "minutes": "{n} min",
        "inside": "in circle",
        "outside": "outside",
        "phone": "Phone",
        "no_phone": "no phone",
        "emergency": "Emergency",
        "no_contact": "no emergency contact",
        "note": "Note",
        "floor": "floor {n}",
        "basement": "basement {n}",
        "lift": "lift",
        "no_lift": "no lift",
        "lift_unknown": "lift unknown",
        "no_address": "address unknown",
        "window": "wanted {from}–{to}",
        "opens": "before it opens at {at}",
        "care": "help inside needed",
        "handed": "Done",
        "not_handed": "Failed",
        "sign": "Sign",
        "changed": "Changed",
        "was_courier": "was {who}'s",
        "was_new": "new",
        "was_trip": "was trip {trip}",
        "was_order": "new order",
        "was_time": "was {at}",
        "gone": "No longer yours",
        "gone_to": "now {who}",
        "gone_out": "not delivered",
        "count": "End of duty",
        "to_deliver": "To deliver",
        "delivered": "Delivered",
        "returned": "Returned",
        "refused": "Refused",
        "boxes_back": "Boxes back",
        "courier_sign": "Courier",
        "canteen_sign": "Canteen",
        "at_time": "Time",
        "scan": "Scan for today's duty",
        "canteen_mark": "C",
        "canteen": "Canteen",
        "courier": "Courier",
        "boxes": "boxes hold {n}",
        "attribution": "© OpenStreetMap contributors",
        "straight": "no street data, straight lines",
        "unplaced": "not on the map: stop {stops}",
        "missing": "〓 stands for characters the font lacks: {codes}; see the spreadsheet",
        "legend": "● inside the circle: handed over within {n} minutes of departure  ○ outside",
        "nothing": "Nothing to deliver",
        "north": "N",
        "pick_up_here": "pick-up here",
        "kind_total": "Total",
        "amount": "Portions",
        "routes": "Routes",
        "delivery_book": "deliveries",
        "all_couriers": "all",
        "void_notice": "void-replaced-by-r{n}",
        "void_text": "The sheets in this folder are void; use revision {n}.",
        "file_revision": "r{n}",
        "code": "Code",
        "trip_number": "Trip",
        "stop_number": "Stop",
        "planned": "Planned",
        "ride_minutes": "Ride minutes",
        "circle": "10-minute circle",
        "kind": "Kind",
        "diet_words": "Diet",
        "compound": "Compound",
        "building": "Building",
        "unit": "Unit",
        "floor_number": "Floor",
        "room": "Room",
        "lift_word": "Lift",
        "yes": "yes",
        "no": "no",
        "contact_person": "Emergency contact",
        "contact_phone": "Emergency phone",
        "requests": "Requests",
        "stop_count": "Stops",
        "regular_amount": "Regular portions",
        "courier_code": "Courier code",
        "canteen_code": "Canteen code",
        "detail": "Detail",
        "address": "Address",
        "diet": "Meal",
        "to_cook": "To cook",
        "by_diet": "Portions by diet",
        "specials": "Special meals by person",
        "packing": "Packing by trip",
        "no_specials": "No special meals",
        "no_trips": "No trips",
        "left_out": "Unserved and unlocated",
        "left_out_table": "Unserved",
        "left_out_note": "Nobody brings these meals: call and arrange",
        "all_served": "Every order is served",
        "reason": "Reason",
        "released": "Couriers no longer needed in this revision",
        "person": "Name",
        "where": "Goes with",
        "by_trip": "{courier}, trip {trip}",
        "loading": "Load",
        "leaving": "Leave",
        "cook_finish": "Cooked at",
        "temperature": "Core temperature",
        "sample": "Sample 125 g",
        "checked": "Checked",
        "cook_sign": "Cook",
        "manager_sign": "Manager",
    },
}


class Wording:
    """The words of one language.

    Parameters
    ----------
    language
        ``"zh"`` or ``"en"``.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._words = _WORDS[language]

    def say(self, key: str, **values: object) -> str:
        """Return a phrase with its values filled in.

        Values are put in as they are: braces in a name mean nothing.
        """
        if values.get("n") == 1 and f"{key}_one" in self._words:
            key = f"{key}_one"
        return self._words[key].format(**values) if values else self._words[key]

    @property
    def words(self) -> dict[str, str]:
        """All phrases, for a template."""
        return dict(self._words)

    def day(self, day: date) -> str:
        """Return a date with its weekday."""
        weekday = _WEEKDAYS[self.language][day.weekday()]
        if self.language == "zh":
            return f"{day.year} 年 {day.month} 月 {day.day} 日 {weekday}"
        return f"{weekday} {day.isoformat()}"

    def short_day(self, day: date) -> str:
        """Return a date for the foot of a page."""
        return f"{day.isoformat()} {_WEEKDAYS[self.language][day.weekday()]}"

    def revision_line(self, head: SheetHead) -> str:
        """Say what this revision is to the one before, or nothing when it is the first."""
        if head.state is RevisionState.SUPERSEDED:
            if head.replaced_by is None:
                return self.say("replaced_unknown")
            return self.say("replaced", n=head.replaced_by)
        if head.replaces is None:
            return ""
        key = "would_replace" if head.state is RevisionState.DRAFT else "replaces"
        return self.say(key, n=head.revision, before=head.replaces)

    def change(self, change: StopChange) -> str:
        """Say what is different about a stop."""
        was = change.before
        if change.kind is ChangeKind.TRIP and was is not None:
            return self.say("was_trip", trip=was.trip)
        if change.kind is ChangeKind.TIME and was is not None:
            return self.say("was_time", at=clock(was.arrives_at))
        if change.kind is ChangeKind.COURIER:
            return self.say("was_courier", who=change.courier)
        return self.say(f"was_{change.kind}")

    def door(self, address: AddressFacts) -> str:
        """Return the address from the compound to the room, in parts that the eye finds."""
        room = address.room
        if room.isdecimal():
            room = f"{room} 室" if self.language == "zh" else f"room {room}"
        parts = (address.compound, address.building, address.unit, room)
        return " ".join(part for part in parts if part) or self.say("no_address")

    def climb(self, address: AddressFacts) -> str:
        """Return floor and lift; empty when neither is known."""
        if address.floor is None and address.lift is None:
            return ""
        lift = {True: "lift", False: "no_lift", None: "lift_unknown"}[address.lift]
        if address.floor is None:
            return self.say(lift)
        key = "floor" if address.floor >= 0 else "basement"
        return f"{self.say(key, n=abs(address.floor))} · {self.say(lift)}"

    def contact(self, contact: ContactFacts) -> str:
        """Return a contact as name (relation) phone."""
        relation = f"（{contact.relation}）" if contact.relation else ""
        return f"{contact.name}{relation} {self.phone(contact.phone) or self.say('no_phone')}"

    def phone(self, phone: str) -> str:
        """Return a phone number as it is dialled: a Chinese mobile number in three groups."""
        if len(phone) == 11 and phone.isdecimal() and phone.startswith("1"):
            return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
        return phone

    def diets(self, diets: tuple[str, ...]) -> str:
        """Return a combination of diets."""
        return " + ".join(diets)

    def kind(self, kind: OrderKind) -> str:
        """Return the name of an order kind."""
        return label(kind, self.language)

    def way(self, kind: OrderKind) -> str:
        """Return the name of a way out of the kitchen; there, collecting is at the canteen."""
        return self.say("pick_up_here") if kind is OrderKind.PICK_UP else self.kind(kind)

    def reason(self, reason: str) -> str:
        """Return why an order is not served; a reason without words as it is."""
        return reason_text(reason, self.language)


def clock(moment: datetime | time) -> str:
    """Return a time of day as 10:05."""
    return f"{moment:%H:%M}"


def minutes(seconds: int) -> int:
    """Return whole minutes, rounded up: 601 seconds are not within ten minutes."""
    return -(-seconds // 60)
