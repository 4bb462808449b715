"""The report of a coverage is two pages that say what was found, from what, and for whom."""

import io
import json
from itertools import pairwise

import pypdf
import pytest

from mealsvc.reports import siting_report, siting_report_pdf
from mealsvc.reports.drawing import SHADES, draw_report_map, shade_of
from mealsvc.reports.site_changes import Fate, change_lines, sites_between
from mealsvc.reports.tables import tables
from mealsvc.reports.words import WORDS
from mealsvc.siting.asking import Asked
from mealsvc.siting.changes import Content
from mealsvc.siting.disclosure import EXACT, Disclosure
from mealsvc.siting.map_sets import import_boundaries
from mealsvc.siting.scenarios import create_scenario
from mealsvc.siting.views import read_basis
from mealsvc.siting.workbench import use_walks
from mealsvc.store import transaction
from tests.mealsvc.people import Town
from tests.mealsvc.siting.straight_walks import StraightWalks

CHANGES = [
    {"do": "add", "site": "N1", "name": "城东食堂", "lon": 120.11, "lat": 30.3, "capacity": 80},
    {"do": "move", "site": "ZC01", "lon": 120.1, "lat": 30.31},
    {"do": "close", "site": "ST02"},
    {"do": "resize", "site": "ST01", "capacity": 150},
    {"do": "hours", "site": "ST01", "opens": "10:00:00", "closes": "13:00:00"},
]


@pytest.fixture
def walked(runtime):
    """Two canteens and a meal point; forty elders 15 … 990 m east of the first."""
    with transaction(runtime.engine) as session:
        town = Town(session)
        first = town.canteen(30, code="ST01")
        town.canteen(50, code="ST02", east=3000)
        town.point(first, code="ZC01", east=0, north=1500)
        for number in range(1, 41):
            town.elder(code=f"A{number:02}", east=25 * number - 10, north=0)
        town.elder(code="C0", located=False)
    use_walks(runtime, StraightWalks())
    return runtime


def keep(runtime, name, changes):
    with transaction(runtime.engine) as session:
        content = Content.model_validate({"changes": changes})
        return create_scenario(session, runtime, name, content, actor="test").id


def report_of(runtime, asked=None, against=None, *, told=EXACT, language="zh"):
    return siting_report(
        runtime, asked or Asked(), against,
        told_for=lambda _: told, made_by="王规划", language=language,
    )  # fmt: skip


def pages_of(runtime, report, language="zh"):
    """The text of every page, without the spaces between its pieces."""
    pages = pypdf.PdfReader(io.BytesIO(siting_report_pdf(runtime, report, language))).pages
    return ["".join(page.extract_text().split()) for page in pages]


class TestPaper:
    def test_says_what_it_is_about_who_made_it_when_and_from_what(self, walked):
        first, second = pages_of(walked, report_of(walked))
        for page in (first, second):
            assert "王规划制作于2026-11-2012:00" in page
            assert "©OpenStreetMapcontributors" in page
        assert "老年助餐覆盖与布点报告现状" in first
        assert "第2页/共2页" in second
        assert "按步行时间" in second
        assert "不是直线距离" in second
        assert "每小时3.6千米" in second
        assert "名册：41人，统计日2026-11-20" in second
        assert "未建立道路网络" in second

    def test_of_a_scenario_is_compared_with_the_present(self, walked):
        number = keep(walked, "城东", CHANGES)
        first, second = pages_of(walked, report_of(walked, Asked(number)))
        assert "方案“城东”（第1版），与现状比较" in first
        assert "新增老年食堂N1城东食堂，80份" in first
        assert "ST01ST01老年食堂供餐能力由30改为150" in first
        assert "关闭老年食堂ST02" in first
        assert "新增覆盖16" in first
        assert "58.5%" in second  # the share before …
        assert "97.6%" in second  # … and after
        assert "+39.0" in second

    def test_is_in_english_when_asked(self, walked):
        number = keep(walked, "城东", CHANGES)
        report = report_of(walked, Asked(number), language="en")
        first, second = pages_of(walked, report, "en")
        assert "comparedwiththepresent" in first
        assert "newcanteenN1" in first
        assert "alongthestreetnetwork" in second
        assert "Page2of2" in second

    def test_two_scenarios_are_told_apart(self, walked):
        one, other = keep(walked, "甲", CHANGES[:1]), keep(walked, "乙", CHANGES[:2])
        first, second = pages_of(walked, report_of(walked, Asked(other), one))
        assert "方案“乙”（第1版），与方案“甲”（第1版）比较" in first
        assert "新增老年食堂" not in first  # both have it
        assert "移动助餐点ZC01" in first
        assert "对照" in second

    def test_a_scenario_against_itself_is_not_compared(self, walked):
        number = keep(walked, "甲", CHANGES[:1])
        assert report_of(walked, Asked(number), number).comparison is None

    def test_planners_are_told_no_exact_counts(self, walked):
        first, second = pages_of(walked, report_of(walked, told=Disclosure(5)))
        assert "老人40" in first
        assert "精确人数" not in first + second
        assert "四舍五入到5的倍数" in second
        first, _ = pages_of(walked, report_of(walked))
        assert "老人41" in first
        assert "请勿对外分发" in first

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_has_two_pages_whatever_there_is_to_tell(self, walked, tmp_path, language):
        with transaction(walked.engine) as session:
            town = Town(session)
            for number in range(60):
                town.canteen(code=f"L{number:02}", east=200 * (number % 10), north=100 * number)
        boundaries = tmp_path / "areas.geojson"
        boundaries.write_text(json.dumps(strips(70)), encoding="utf-8")
        with transaction(walked.engine) as session:
            import_boundaries(session, walked, "街道", boundaries, actor="test")
        many = [
            {**CHANGES[0], "site": f"N{number}", "name": "很长的名称" * 12} for number in range(40)
        ]
        number = keep(walked, "很长的方案名称" * 8, many)
        report = report_of(walked, Asked(number), language=language)
        pages = pages_of(walked, report, language)
        assert len(pages) == 2
        more = "sites.csv" in pages[1], "areas.csv" in pages[1]
        assert more == (True, True)
        assert ("另有35项" if language == "zh" else "and35more") in pages[0]

    def test_a_character_without_a_glyph_is_named(self, walked):
        number = keep(walked, "\U00020bb7野", CHANGES[:1])
        first, second = pages_of(walked, report_of(walked, Asked(number)))
        assert "〓野" in first
        assert "U+20BB7" in second

    def test_the_same_report_is_the_same_file(self, walked):
        made = [siting_report_pdf(walked, report_of(walked), "zh") for _ in range(2)]
        assert made[0] == made[1]

    def test_an_empty_installation_has_a_report_too(self, runtime):
        use_walks(runtime, StraightWalks())
        first, second = pages_of(runtime, report_of(runtime))
        assert "老人0" in first
        assert "没有导入街道" in second


def strips(count):
    """So many areas side by side, each a few metres wide."""
    width = 0.011 / count
    rings = [
        [[120.1 + width * k, 30.29], [120.1 + width * (k + 1), 30.29],
         [120.1 + width * (k + 1), 30.31], [120.1 + width * k, 30.31], [120.1 + width * k, 30.29]]
        for k in range(count)
    ]  # fmt: skip
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"{k}号街道"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for k, ring in enumerate(rings)
    ]
    return {"type": "FeatureCollection", "features": features}


class TestTables:
    def test_add_up_to_what_the_coverage_says(self, walked):
        shown = tables(report_of(walked), "zh")
        assert shown["times"]["rows"] == [
            ["5 分钟内", "41", "12", "29.3%"],
            ["10 分钟内", "41", "24", "58.5%"],
            ["15 分钟内", "41", "36", "87.8%"],
        ]
        ages = [row for row in shown["groups"]["rows"] if row[0].startswith("自理")]
        assert ages == [["自理·自理", "40", "24", "60.0%"]]
        loads = {row[0]: row[1:] for row in shown["sites"]["rows"]}
        assert loads["ST01 ST01老年食堂"] == ["30", "24", "24", "80%", "5.0"]

    def test_changed_sites_come_first_and_say_what_they_were(self, walked):
        number = keep(walked, "甲", [CHANGES[2], CHANGES[3]])
        rows = tables(report_of(walked, Asked(number)), "zh")["sites"]["rows"]
        assert rows[0] == ["▲ ST01 ST01老年食堂", "150", "24 → 24", "24", "16%", "5.0"]
        assert rows[1] == ["× ST02 ST02老年食堂", "50", "0 → –", "–", "–", "–"]

    def test_areas_with_most_people_outside_come_first(self, walked, tmp_path):
        boundaries = tmp_path / "areas.geojson"
        boundaries.write_text(json.dumps(strips(3)), encoding="utf-8")
        with transaction(walked.engine) as session:
            import_boundaries(session, walked, "街道", boundaries, actor="test")
        rows = tables(report_of(walked), "zh")["areas"]["rows"]
        assert [row[0] for row in rows] == ["2号街道", "1号街道", "0号街道"]


class TestChanges:
    def test_what_became_of_each_site(self, walked):
        with transaction(walked.engine) as session:
            before = read_basis(session, walked).sites
        number = keep(walked, "甲", CHANGES)
        report = report_of(walked, Asked(number))
        fates = {one.site.code: one.fates for one in sites_between(before, report.after.sites)}
        assert fates == {
            "N1": (Fate.ADDED,),
            "ST01": (Fate.RESIZED, Fate.HOURS),
            "ST02": (Fate.CLOSED,),
            "ZC01": (Fate.MOVED,),
        }

    def test_what_does_not_fit_is_counted(self, walked):
        report = report_of(walked, Asked(keep(walked, "甲", CHANGES)))
        assert len(change_lines(report.sites, "zh", 10)) == 5
        assert change_lines(report.sites, "zh", 3)[2] == "另有 3 项"

    def test_nothing_compared_is_nothing_changed(self, walked):
        assert {one.fates for one in report_of(walked).sites} == {(Fate.SAME,)}


class TestMap:
    def test_every_site_is_on_it_with_its_code(self, walked):
        drawn = draw_report_map(report_of(walked), None, lambda _: True)
        assert {code["text"] for code in drawn["codes"]} == {"ST01", "ST02", "ZC01"}
        assert all(0 < code["x"] < drawn["width"] for code in drawn["codes"])
        assert all(0 < code["y"] < drawn["height"] for code in drawn["codes"])

    def test_hexagons_of_few_people_are_left_out_for_planners(self, walked):
        exact = draw_report_map(report_of(walked), None, lambda _: True)
        told = draw_report_map(report_of(walked, told=Disclosure(15)), None, lambda _: True)
        assert told["svg"].count("fill-opacity") < exact["svg"].count("fill-opacity")

    def test_streets_lie_under_it(self, walked, sample_streets):
        with transaction(walked.engine) as session:
            town = Town(session)
            town.canteen(code="ST09", where={"lon": 120.6, "lat": 30.36, "unlocated_reason": None})
        bare = draw_report_map(report_of(walked), None, lambda _: True)
        drawn = draw_report_map(report_of(walked), sample_streets, lambda _: True)
        assert drawn["svg"].count("<path") > bare["svg"].count("<path") + 3

    @pytest.mark.parametrize(("share", "shade"), [(0, 4), (0.19, 4), (0.2, 3), (0.8, 0), (1, 0)])
    def test_the_fewer_are_inside_the_darker(self, share, shade):
        assert shade_of(share) == SHADES[shade][1]

    def test_shades_differ_in_black_and_white(self):
        def light(colour):
            red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue

        lights = [light(colour) for _, colour in SHADES]
        assert all(one - other > 25 for one, other in pairwise(lights))


def test_both_languages_say_the_same_things():
    assert WORDS["zh"].keys() == WORDS["en"].keys()
