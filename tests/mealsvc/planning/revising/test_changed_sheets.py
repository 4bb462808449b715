"""After a revision only the sheets of changed duties are printed again."""

from mealsvc.planning.revising import OrderCancelled
from mealsvc.sheets import read_sheets
from tests.mealsvc.planning.revising.days import LUNCH, Day


def test_only_changed_duties_and_the_counts_of_their_canteens_are_left(town, clock):
    whole = read_sheets(town, *LUNCH)
    assert whole.only_changed() == whole  # nobody holds an earlier sheet
    day = Day(town, clock).at(9)
    carrier = day.carriers()["A3"]
    day.revise(OrderCancelled("A3"))
    sheets = read_sheets(town, *LUNCH)
    assert len(sheets.routes) > 1
    changed = sheets.only_changed()
    assert [sheet.courier_code for sheet in changed.routes] == [carrier]
    assert [gone.code for gone in changed.routes[0].gone] == ["A3"]
    assert [count.canteen.code for count in changed.kitchens] == ["ST01"]
