"""Names for the streets, compounds and lanes of the sample city; ordinary words, no address."""

from __future__ import annotations

import random

COLUMN_ROADS = ("迎霞路", "望湖路", "学士路", "文澜路", "钟楼大道", "建业路", "春晓路", "环东路")
ROW_ROADS = ("环南路", "采荷路", "人民路", "滨河南路", "滨河北路", "中山路", "青云路", "环北路")
RIVER = "临澜江"
OLD_STREET = "临澜老街"

_FIRST = (
    "桂芳|翠竹|锦绣|望江|金桥|梅园|兰亭|松涛|荷塘|明月|"
    "朝阳|和睦|长乐|安康|福星|春江|丹枫|银杏|石榴|清泉"
)
_LAST = "新村|花园|家园|苑|公寓|小区|里"
_LANES = (
    "书院|打铁|豆腐|竹竿|孩儿|水井|米市|柳营|扇子|皮市|"
    "小学|百井|花灯|磨坊|马坊|酱园|油车|珠宝|木场|石灰"
)
_LANE_KINDS = "巷|弄|支路"


class NameBook:
    """Hand out names, each once, in an order the seed decides."""

    def __init__(self, rng: random.Random) -> None:
        """Shuffle all combinations with the given generator."""
        self._compounds = [a + b for a in _FIRST.split("|") for b in _LAST.split("|")]
        self._lanes = [a + b for a in _LANES.split("|") for b in _LANE_KINDS.split("|")]
        rng.shuffle(self._compounds)
        rng.shuffle(self._lanes)

    def compound(self) -> str:
        """Give the next compound's name."""
        return self._compounds.pop()

    def lane(self) -> str:
        """Give the next side street's name."""
        return self._lanes.pop()
