"""The report: one HTML file that needs no network, no scripts and no colours to be read."""

from imu_reps.display.report.page import report_html

__all__ = ["report_html"]
