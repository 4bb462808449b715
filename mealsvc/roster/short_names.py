"""What an elder is called at the door and on a label: the family name and a form of address."""

from __future__ import annotations

from mealsvc.vocabulary import Sex

#: Family names of two characters that are met in Zhejiang's registers.
_DOUBLE = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "令狐"}
    | {"慕容", "端木", "夏侯", "长孙", "宇文", "南宫", "西门", "独孤", "闻人", "申屠"}
)


def short_name(name: str, sex: Sex | None) -> str:
    """Return 段奶奶 for 段建娟, 段爷爷 for a man, 段老 where the register does not say.

    Parameters
    ----------
    name
        The whole name; of one that is not Chinese, the first word and the last one's initial are
        kept.
    sex
        As the residence register has it.

    Examples
    --------
    >>> short_name("段建娟", Sex.FEMALE), short_name("欧阳明", Sex.MALE), short_name("段某", None)
    ('段奶奶', '欧阳爷爷', '段老')
    >>> short_name("Maria da Silva", Sex.FEMALE), short_name("Ali", None)
    ('Maria S.', 'Ali')
    """
    if not name or not "\u3400" <= name[0] <= "\u9fff":
        first, *others = name.split() or [name]
        return f"{first} {others[-1][0]}." if others else first
    family = name[:2] if name[:2] in _DOUBLE and len(name) > 2 else name[:1]
    address = {Sex.FEMALE: "奶奶", Sex.MALE: "爷爷", None: "老"}[sex]
    return family + address
