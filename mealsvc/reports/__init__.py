"""Reports for meetings: what planners found out about coverage, on two printed pages.

:func:`siting_report` works it out, :func:`siting_report_pdf` prints it.
"""

from mealsvc.reports.printing import siting_report_pdf
from mealsvc.reports.reading import SitingReport, siting_report

__all__ = ["SitingReport", "siting_report", "siting_report_pdf"]
