"""The serial ports and what speaks on them."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from imu_reps.session.sensors.survey import OnPort


def print_ports(ports: Iterable[OnPort], console: Console) -> None:
    """A row a port; what does not show stays empty."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("port", "what speaks there", "baud", "rate", "lost", "damaged", "battery"):
        is_number = title not in ("port", "what speaks there")
        table.add_column(title, justify="right" if is_number else "left", overflow="fold")
    for port in ports:
        table.add_row(*_cells(port))
    console.print(table)


def _cells(port: OnPort) -> tuple[str | Text, ...]:
    name = f"{port.port} ({port.title})" if port.title else port.port
    if port.problem is not None:
        return (name, Text(port.problem, style="yellow"))
    return (
        name,
        f"{port.description} ({port.device})",
        _told(port.baud, "d"),
        _told(port.rate_hz, ".1f", "/s"),
        _told(port.loss_percent, ".1f", " %"),
        _told(port.damaged_percent, ".1f", " %"),
        _told(port.battery_v, ".2f", " V"),
    )


def _told(value: float | None, form: str, unit: str = "") -> str:
    return "" if value is None else f"{value:{form}}{unit}"
