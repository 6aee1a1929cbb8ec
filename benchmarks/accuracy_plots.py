"""A typical and the worst set of each mount, drawn so that a person can look."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import numpy as np
from matplotlib import pyplot

from imu_reps.core.events import Event, Partial, Rep
from imu_reps.core.samples import Samples
from imu_reps.core.truth import Truth
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.tracker import PoseTracker
from imu_reps.motion.vectors import angles_deg
from imu_reps.session.afterwards.scoring import Score


def draw(scores: list[tuple[Any, Score]], folder: Path) -> None:
    """One picture a movement and mount."""
    folder.mkdir(parents=True, exist_ok=True)
    places: dict[tuple[str, str], list[tuple[float, Any]]] = defaultdict(list)
    for case, score in scores:
        wrong = abs(score.reps - score.true_reps) + abs(score.partials - score.true_partials)
        off = np.abs(score.errors[:, :3]).mean() if len(score.errors) else 9.0
        places[case.movement, case.mount.value].append((wrong + off, case))
    for (movement, mount), found in places.items():
        ranked = [case for _, case in sorted(found, key=lambda one: one[0])]
        picture(ranked[len(ranked) // 2], ranked[-1], folder / f"{movement}-{mount}.svg")


def picture(typical: Any, worst: Any, path: Path) -> None:
    """Two sets below each other: the turn of the segment, what was true and what was counted."""
    figure, axes = pyplot.subplots(2, 1, figsize=(14, 6))
    for axis, case, title in zip(axes, (typical, worst), ("typical", "worst"), strict=True):
        _, made, samples = case.made()
        curve(axis, samples, made.truth, case.counted(samples))
        axis.set_title(f"{title}: {case.movement}, {case.mount}, seed {case.seed}", fontsize=9)
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)


def curve(axis: Any, samples: Samples, truth: Truth, events: list[Event]) -> None:
    """The angle from the first rep's rest; truth as bars below, counts as shaded spans."""
    tracker = PoseTracker()
    tracked = [*tracker.update(samples), *tracker.finish()]
    poses = joined([item for item in tracked if isinstance(item, Poses)])
    rest = int(np.searchsorted(poses.time_s, truth.reps[0].start_s - 0.3))
    axis.plot(poses.time_s, angles_deg(poses.up, poses.up[rest]), linewidth=0.7, color="black")
    for true in truth.reps:
        high = -4 if true.kind == "rep" else -8
        axis.plot([true.start_s, true.end_s], [high, high], linewidth=3, color="tab:blue")
    for event in events:
        if isinstance(event, Rep | Partial):
            color = "tab:green" if isinstance(event, Rep) else "tab:orange"
            axis.axvspan(event.start_s, event.end_s, alpha=0.25, color=color)
    axis.set_xlabel("seconds; blue bars: true reps, lower ones partials; shaded: counted")
    axis.set_ylabel("degrees from rest")
