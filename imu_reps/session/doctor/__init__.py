"""What `imu-reps doctor` looks at: port, sensor and disk, what is wrong with them and its mend."""
