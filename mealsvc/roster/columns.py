"""The columns of the four tables, by all the names people give them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a table lists."""

    CANTEENS = "canteens"
    MEAL_POINTS = "meal_points"
    COURIERS = "couriers"
    ELDERS = "elders"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    key
        Its name in code.
    zh, en
        Its name in templates.
    synonyms
        Other names that are understood.
    needed
        Whether a table without it is refused.
    """

    key: str
    zh: str
    en: str
    synonyms: tuple[str, ...] = ()
    needed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names."""
        return (self.zh, self.en, *self.synonyms)


def _place(*, position: bool = True) -> tuple[Column, ...]:
    columns = (
        Column("lon", "经度", "longitude", ("lon", "lng", "long", "x", "东经", "经度坐标")),
        Column("lat", "纬度", "latitude", ("lat", "y", "北纬", "纬度坐标")),
        Column(
            "datum",
            "坐标系",
            "datum",
            ("坐标系统", "坐标类型", "坐标来源", "crs", "coordinate system"),
        ),
    )
    both = Column(
        "position", "经纬度", "position", ("坐标", "位置坐标", "lon,lat", "lonlat", "coordinates")
    )
    return (*columns, both) if position else columns


_NOTE = Column("note", "备注", "note", ("说明", "附注", "notes", "remark", "remarks"))
_ADDRESS = Column("address", "地址", "address", ("详细地址", "所在地址", "住址", "家庭地址"))

COLUMNS: Mapping[Kind, tuple[Column, ...]] = {
    Kind.CANTEENS: (
        Column(
            "code",
            "食堂编号",
            "canteen code",
            ("编号", "食堂代码", "代码", "code", "id", "canteen id", "canteen"),
            needed=True,
        ),
        Column("name", "名称", "name", ("食堂名称", "食堂", "canteen name"), needed=True),
        _ADDRESS,
        Column("phone", "电话", "phone", ("联系电话", "食堂电话", "手机号", "telephone")),
        *_place(),
        Column(
            "lunch_capacity",
            "午餐产能(份)",
            "lunch capacity",
            ("午餐份数", "午餐最多份数", "中餐产能", "lunch meals", "lunch portions"),
        ),
        Column(
            "dinner_capacity",
            "晚餐产能(份)",
            "dinner capacity",
            ("晚餐份数", "晚餐最多份数", "dinner meals", "dinner portions"),
        ),
        Column(
            "lunch_opens", "午餐出餐时间", "lunch opens", ("午餐开始", "午餐开始时间", "lunch from")
        ),
        Column(
            "lunch_closes", "午餐截止时间", "lunch closes", ("午餐结束", "午餐结束时间", "lunch to")
        ),
        Column(
            "dinner_opens",
            "晚餐出餐时间",
            "dinner opens",
            ("晚餐开始", "晚餐开始时间", "dinner from"),
        ),
        Column(
            "dinner_closes",
            "晚餐截止时间",
            "dinner closes",
            ("晚餐结束", "晚餐结束时间", "dinner to"),
        ),
        _NOTE,
    ),
    Kind.MEAL_POINTS: (
        Column(
            "code",
            "助餐点编号",
            "meal point code",
            ("编号", "助餐点代码", "代码", "code", "id", "meal point id", "meal point"),
            needed=True,
        ),
        Column("name", "名称", "name", ("助餐点名称", "助餐点", "meal point name"), needed=True),
        _ADDRESS,
        *_place(),
        Column(
            "canteen",
            "供餐食堂",
            "canteen",
            ("食堂编号", "食堂", "所属食堂", "供餐食堂编号", "canteen code", "supplied by"),
            needed=True,
        ),
        Column(
            "capacity",
            "最多份数",
            "capacity",
            ("容量", "最大份数", "产能(份)", "份数", "max portions"),
        ),
        Column("opens", "取餐开始", "opens", ("取餐开始时间", "开始时间", "开放时间", "from")),
        Column("closes", "取餐结束", "closes", ("取餐结束时间", "结束时间", "关闭时间", "to")),
        _NOTE,
    ),
    Kind.COURIERS: (
        Column(
            "code",
            "编号",
            "courier code",
            ("送餐员编号", "工号", "代码", "code", "id", "courier id", "courier"),
            needed=True,
        ),
        Column(
            "name", "姓名", "name", ("送餐员姓名", "送餐员", "名字", "courier name"), needed=True
        ),
        Column(
            "phone",
            "手机号",
            "phone",
            ("电话", "手机", "联系电话", "联系方式", "mobile", "telephone"),
        ),
        Column("kind", "类型", "kind", ("人员类型", "身份", "类别", "type")),
        Column(
            "canteen",
            "食堂编号",
            "canteen",
            ("食堂", "所属食堂", "canteen code", "canteen id"),
            needed=True,
        ),
        Column("mode", "交通方式", "mode", ("交通工具", "出行方式", "travel mode", "vehicle")),
        Column(
            "boxes",
            "保温箱(份)",
            "boxes",
            (
                "保温箱容量",
                "箱子容量",
                "每趟份数",
                "容量",
                "最多份数",
                "capacity",
                "portions per trip",
            ),
            needed=True,
        ),
        Column(
            "starts",
            "班次开始",
            "shift from",
            ("开始时间", "上班时间", "shift start", "start", "from"),
        ),
        Column("ends", "班次结束", "shift to", ("结束时间", "下班时间", "shift end", "end", "to")),
        Column(
            "care",
            "可上门失能",
            "care skill",
            ("可送失能", "失能照护", "护理技能", "care", "skill care"),
        ),
        Column(
            "days",
            "出勤日",
            "weekdays",
            ("出勤", "出勤时间", "工作日", "班次日", "days", "working days"),
        ),
        Column("max_trips", "最多趟次", "max trips", ("最多趟数", "趟数上限", "trips")),
        _NOTE,
    ),
    Kind.ELDERS: (
        Column(
            "code",
            "编号",
            "elder code",
            ("老人编号", "档案号", "档案编号", "代码", "code", "id", "elder id"),
            needed=True,
        ),
        Column(
            "name", "姓名", "name", ("老人姓名", "名字", "elder name", "full name"), needed=True
        ),
        Column("sex", "性别", "sex", ("gender",)),
        Column(
            "birth",
            "出生日期",
            "birth date",
            ("生日", "出生年月", "出生年月日", "date of birth", "dob", "birthday"),
        ),
        Column(
            "phone",
            "手机号",
            "phone",
            ("电话", "手机", "联系电话", "老人电话", "mobile", "telephone"),
        ),
        Column("compound", "小区", "compound", ("小区名称", "小区名", "社区小区", "estate")),
        Column("building", "楼栋", "building", ("楼号", "幢", "栋", "幢号", "楼幢")),
        Column("unit", "单元", "unit", ("单元号", "entrance")),
        Column("floor", "楼层", "floor", ("层", "所在楼层", "storey")),
        Column("lift", "电梯", "lift", ("有无电梯", "是否有电梯", "elevator")),
        Column("room", "房号", "room", ("室", "房间号", "室号", "门牌", "门牌号")),
        _ADDRESS,
        *_place(),
        Column(
            "way",
            "用餐方式",
            "way",
            ("就餐方式", "供餐方式", "助餐方式", "取餐方式", "service", "meal way"),
        ),
        Column("lunch", "午餐份数", "lunch portions", ("午餐", "中餐", "中餐份数", "lunch")),
        Column("dinner", "晚餐份数", "dinner portions", ("晚餐", "dinner")),
        Column(
            "days",
            "订餐日",
            "weekdays",
            ("用餐日", "订餐日期", "订餐星期", "送餐日", "days", "meal days"),
        ),
        Column("diets", "饮食要求", "diet", ("饮食", "忌口", "特殊饮食", "饮食禁忌", "diets")),
        Column(
            "window",
            "送餐时间",
            "window",
            ("送达时间", "午餐送餐时间", "时间窗", "delivery time", "time window"),
        ),
        Column("care", "自理能力", "care level", ("失能等级", "照护等级", "能力等级", "care")),
        Column("alone", "独居", "lives alone", ("是否独居", "alone", "living alone")),
        Column(
            "hardship",
            "困难类别",
            "hardship",
            ("困难类型", "困难情况", "保障类别", "hardship kind"),
        ),
        Column(
            "contact_name",
            "紧急联系人",
            "contact name",
            ("联系人", "家属", "家属姓名", "紧急联系人姓名", "emergency contact"),
        ),
        Column(
            "contact_phone",
            "紧急联系电话",
            "contact phone",
            ("联系人电话", "家属电话", "紧急联系人电话", "紧急电话", "emergency phone"),
        ),
        Column("relation", "与老人关系", "relation", ("关系", "联系人关系", "relationship")),
        Column(
            "courier",
            "惯常送餐员",
            "usual courier",
            ("送餐员", "送餐员编号", "固定送餐员", "courier"),
        ),
        Column("meal_point", "助餐点", "meal point", ("助餐点编号", "取餐点", "meal point code")),
        Column("canteen", "食堂", "canteen", ("食堂编号", "所属食堂", "canteen code")),
        Column(
            "handover",
            "交接时间(秒)",
            "handover seconds",
            ("交接秒数", "交接时间", "上门秒数", "handover"),
        ),
        Column("priority", "优先级", "priority", ("优先", "权重")),
        Column(
            "note", "备注", "note", ("敲门备注", "门口备注", "说明", "door note", "notes", "remark")
        ),
    ),
}

SHEET_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.CANTEENS: ("食堂", "老年食堂", "canteens", "canteen"),
    Kind.MEAL_POINTS: ("助餐点", "取餐点", "meal points", "meal point", "mealpoints"),
    Kind.COURIERS: ("送餐员", "骑手", "couriers", "courier"),
    Kind.ELDERS: ("老人", "老人名单", "老人档案", "elders", "elder"),
}
