"""Were both legs trained in the same set-up? The rest pose, as the sensor sees it, tells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from imu_reps.core.samples import Floats

SAME_POSE_DEG = 10.0
"""Rest poses further apart are another set-up: the range from there is another range."""


def apart_deg(rest_ups: Sequence[Floats]) -> float:
    """The largest angle between two of these rest poses, unit vectors (3,); 0 for fewer than two.

    A strap on the other leg is mirrored, and may be turned upside down: each turns the sign of
    some axes of the sensor, which is why signs are left out.
    """
    if len(rest_ups) < 2:
        return 0.0
    folded = np.abs(np.stack(list(rest_ups)))
    return float(np.degrees(np.arccos(np.clip((folded @ folded.T).min(), -1.0, 1.0))))
