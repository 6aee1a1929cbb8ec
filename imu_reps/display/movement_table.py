"""The movements and what each mount sees of them."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from imu_reps.core.movement import Movement, View
from imu_reps.core.words import Mount, Sight
from imu_reps.display.letters import spelt

HONEST = (
    "Degrees from a model of the body or from judgement: nobody has measured these movements "
    "with a sensor on the leg. BLIND mounts are told and never counted."
)

_STYLES = {Sight.GOOD: "green", Sight.FAIR: "green", Sight.WEAK: "yellow", Sight.BLIND: "red"}


def print_movements(movements: Iterable[Movement], console: Console) -> None:
    """One block a movement: what it is, where to wear the strap, and a row a mount."""
    for movement in movements:
        console.print(Text(movement.name, style="bold"), Text(f"({movement.short_name})"))
        console.print(f"  {movement.description}")
        console.print(f"  wear it on: {', '.join(movement.wear)}")
        if movement.views:
            console.print(_mounts(movement, console.encoding))
        else:
            console.print("  any mount: the data decide\n")
    console.print(HONEST, style="dim")


def _mounts(movement: Movement, encoding: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=True)
    for title in ("mount", "sees it", "excursion", "from", "note"):
        table.add_column(title, no_wrap=title != "note")
    for mount, view in movement.views.items():
        table.add_row(*_cells(mount, view, encoding))
    return table


def _cells(mount: Mount, view: View, encoding: str) -> tuple[str | Text, ...]:
    low, high = f"{view.low_deg:.0f}", f"{view.high_deg:.0f}"
    return (
        mount.value,
        Text(view.sight.value, style=_STYLES.get(view.sight, "")),
        spelt((low if low == high else f"{low}-{high}") + "°", encoding),
        view.evidence,
        spelt(view.note, encoding),
    )
