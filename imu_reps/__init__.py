"""imu-reps: counts reps, times holds and compares left and right from one IMU on the leg."""
