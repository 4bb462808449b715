"""Plans by command, as a person or a program at a shell meets them."""

import json
import signal
from datetime import timedelta

import pytest

import routing
from mealsvc.cli.planning import plan
from mealsvc.cli.stopping import Stopped
from mealsvc.clock import system_clock
from mealsvc.errors import Conflict
from mealsvc.store import migrate, open_engine, transaction
from mealsvc.vocabulary import Meal, MealWay
from tests.fixtures.installation import SHANGHAI
from tests.mealsvc.people import Town

DAY = str((system_clock().astimezone(SHANGHAI) + timedelta(days=2)).date())


def spot(point):
    return {"lon": point[0], "lat": point[1], "unlocated_reason": None}


@pytest.fixture
def home(tmp_path, sample_city, sample_streets_folder):
    """An installation on the sample city: a canteen, two couriers, seven people."""
    home = tmp_path / "var"
    home.mkdir()
    (home / "streets").symlink_to(sample_streets_folder)
    engine = open_engine(f"sqlite:///{home / 'mealsvc.sqlite'}")
    migrate(engine)
    with transaction(engine) as session:
        town = Town(session)
        canteen = town.canteen(where=spot(sample_city.canteens[0].point))
        town.courier(canteen), town.courier(canteen, mode="bicycle")
        for compound in sample_city.compounds[:5]:
            elder = town.elder()
            elder.address.lon, elder.address.lat = compound.gate
        town.elder(located=False)
        town.elder(canteen_id=canteen.id, orders=[{"way": MealWay.DINE_IN}])
    engine.dispose()
    return home


@pytest.fixture
def run(command, home):
    """Run ``mealsvc`` over the installation; return exit status, output and errors."""

    def ran(*arguments):
        done = command(
            *arguments, MEALSVC_HOME=str(home), MEALSVC_WORKERS="1", MEALSVC_LANGUAGE="zh"
        )
        return done.returncode, done.stdout, done.stderr

    return ran


def test_plan_publish_and_export_end_to_end(run, tmp_path):
    status, out, err = run("plan", DAY, "--meal", "lunch", "--seconds", "1", "--json")
    assert status == 0, err
    told = json.loads(out)
    assert (told["number"], told["state"], told["seed"]) == (1, "draft", 0)
    assert (told["orders"], told["served_orders"]) == (6, 5)
    assert told["unserved_reasons"] == {"unlocated": 1}
    assert told["warnings"][0]["kind"] == "unlocated"

    status, out, err = run("publish", DAY, "--meal", "lunch")
    assert status == 0, err
    assert "revision 1, published" in out
    assert "没有可用的位置" in out
    assert "没有可用的位置，无法安排配送" in err

    status, out, err = run("explain", DAY, "--meal", "lunch", "--language", "en")
    assert status == 0, err
    assert "no usable place on the map" in out

    assert run("export-instance", DAY, "--meal", "lunch", "out/i.json")[0] == 0
    assert run("export-plan", DAY, "out/p.json")[0] == 0
    instance = routing.read_instance(tmp_path / "out" / "i.json")
    verdict = routing.check(instance, routing.read_plan(tmp_path / "out" / "p.json"))
    assert verdict.feasible
    assert verdict.cost == told["cost"]
    assert instance.coordinates is None


@pytest.fixture
def interrupted(home, monkeypatch):
    """Plan in this process, pressing Ctrl-C while a phase goes on."""

    def planned(*phases):
        asked = []

        def with_interrupts(*_, progress, stop, **__):
            for phase in phases:
                progress(phase, 0.5)
                signal.raise_signal(signal.SIGINT)
                asked.append(stop())
            raise Conflict("the end")

        monkeypatch.setenv("MEALSVC_HOME", str(home))
        monkeypatch.setattr("mealsvc.planning.plan_service", with_interrupts)
        before = signal.getsignal(signal.SIGINT)
        try:
            plan(DAY, Meal.LUNCH, publish=False, seconds=1, seed=0, as_json=False)
        finally:
            assert signal.getsignal(signal.SIGINT) is before
            planned.asked = asked

    return planned


def test_the_first_interrupt_of_a_search_ends_it(interrupted, capsys):
    with pytest.raises(Conflict, match="the end"):
        interrupted("searching")
    assert interrupted.asked == [True]
    assert "keeping the best plan so far" in capsys.readouterr().err


def test_the_second_interrupt_of_a_search_aborts(interrupted):
    with pytest.raises(Stopped):
        interrupted("searching", "searching")


def test_an_interrupt_before_the_search_aborts(interrupted):
    with pytest.raises(Stopped):
        interrupted("travel times")
    assert interrupted.asked == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["plan", "someday"], "'someday' is no day"),
        (["plan", "2020-01-01"], "2020年1月1日午餐已于10:30开始"),
        (["plan", "9999-12-31"], "9999-12-31 超过一年以后"),
        (["publish", DAY], "午餐还没有配送计划"),
        (["export-plan", DAY, "x.json"], "午餐还没有配送计划"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, arguments, sentence):
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert sentence in err
