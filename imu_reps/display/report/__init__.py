"""The report: one HTML file that needs no network, no scripts and no colours to be read."""

import logging

# It speaks of its own fonts and folders; a page has its own fonts, and an error one line.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

from imu_reps.display.report.page import report_html  # noqa: E402 (importing it speaks, too)

__all__ = ["report_html"]
