import pytest

from geodata.directions import chinese


@pytest.mark.parametrize(
    ("manoeuvre", "text"),
    [
        ({"type": 1, "bearing_after": 0, "street_names": ["文三路"]}, "从文三路出发，向北行"),
        ({"type": 2, "bearing_after": 359}, "出发，向北行"),
        ({"type": 3, "bearing_after": 100}, "出发，向东行"),
        ({"type": 1, "bearing_after": 225}, "出发，向西南行"),
        ({"type": 15, "street_names": ["文三路", "S2"]}, "左转进入文三路"),
        ({"type": 10}, "右转"),
        ({"type": 12, "street_names": ["文三路"]}, "掉头进入文三路"),
        ({"type": 8, "street_names": ["文三路"]}, "沿文三路继续直行"),
        ({"type": 8}, "直行"),
        ({"type": 16, "travel_mode": "drive"}, "向左前方行驶"),
        ({"type": 16, "travel_mode": "pedestrian"}, "向左前方走"),
        ({"type": 26, "roundabout_exit_count": 2}, "进入环岛，从第二个出口驶出"),
        ({"type": 26}, "进入环岛"),
        ({"type": 27, "street_names": ["中山路"]}, "驶出环岛，进入中山路"),
        ({"type": 40}, "走台阶"),
        ({"type": 4}, "到达目的地"),
        ({"type": 5, "street_names": ["中山路"]}, "到达目的地，在右侧"),
        ({"type": 6}, "到达目的地，在左侧"),
        ({"type": 99}, "继续前行"),
        (
            {"type": 10, "begin_street_names": ["庆春路"], "street_names": ["中河路"]},
            "右转进入庆春路",
        ),
    ],
)
def test_manoeuvre_is_said_in_chinese(manoeuvre, text):
    assert chinese(manoeuvre) == text
