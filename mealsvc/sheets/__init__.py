"""Plans on paper: route sheets, kitchen counts, labels, spreadsheets.

:func:`write_sheets` writes everything of a service into a folder; single sheets come as facts
(:func:`route_sheet`, :func:`kitchen_count`) or as PDF (:func:`route_sheet_pdf`,
:func:`kitchen_count_pdf`, :func:`labels_pdf`).
"""

from mealsvc.sheets.busy import busy_canteens
from mealsvc.sheets.facts import RouteSheet
from mealsvc.sheets.kitchen import KitchenCount
from mealsvc.sheets.printing import (
    ServiceSheets,
    kitchen_count,
    kitchen_count_pdf,
    labels_pdf,
    read_sheets,
    route_sheet,
    route_sheet_pdf,
)
from mealsvc.sheets.write import write_sheets

__all__ = [
    "KitchenCount",
    "RouteSheet",
    "ServiceSheets",
    "busy_canteens",
    "kitchen_count",
    "kitchen_count_pdf",
    "labels_pdf",
    "read_sheets",
    "route_sheet",
    "route_sheet_pdf",
    "write_sheets",
]
