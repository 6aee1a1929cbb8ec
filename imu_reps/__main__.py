"""`python -m imu_reps` is `imu-reps`."""

from imu_reps.commands import main

main()
