"""Going on in pandas: `pip install pandas`, then `python docs/examples/further_in_pandas.py FILE…`.

Asks `imu-reps export` for every rep of these recordings and prints two tables: mean and spread of
each leg's holds and ranges, and how the hold fades from the first third of each set to its last.
In R the same begins with `reps <- read.csv("reps.csv")`.
"""

from __future__ import annotations

import subprocess
import sys
from io import StringIO

import pandas as pd


def exported(files: list[str]) -> pd.DataFrame:
    """Every rep and partial, one a row; the columns are those of docs/METRICS.md."""
    words = [sys.executable, "-m", "imu_reps", "export", *files]
    return pd.read_csv(StringIO(subprocess.run(words, check=True, stdout=-1, text=True).stdout))


def third(numbers: pd.Series) -> pd.Series:
    """The third of the set that each of these rep numbers lies in: first, middle or last."""
    count, size = numbers.max(), numbers.max() // 3
    place = pd.Series("middle", index=numbers.index)
    return place.mask(numbers <= size, "first").mask(numbers > count - size, "last")


def main() -> None:
    """Both tables."""
    attempts = exported(sys.argv[1:])
    reps = attempts[attempts["kind"] == "rep"].copy()
    print(reps.groupby(["movement", "leg"])[["hold_s", "rom_deg"]].agg(["count", "mean", "std"]))
    reps["third"] = reps.groupby(["recording", "set"])["number"].transform(third)
    print(reps.pivot_table(index=["movement", "leg"], columns="third", values="hold_s"))


if __name__ == "__main__":
    main()
