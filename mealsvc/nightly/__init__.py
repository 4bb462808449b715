"""Every night tomorrow's meals are planned once, whatever servers run, stop or are killed."""

from mealsvc.nightly.due import Night, collecting_night, due_nights
from mealsvc.nightly.health import NightlyHealth, NightlyRun, health
from mealsvc.nightly.planner import NightlyPlanner, tick
from mealsvc.nightly.tidying import remove_old_photos

__all__ = [
    "Night",
    "NightlyHealth",
    "NightlyPlanner",
    "NightlyRun",
    "collecting_night",
    "due_nights",
    "health",
    "remove_old_photos",
    "tick",
]
