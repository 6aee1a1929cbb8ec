"""Count reps in a plain table as one does in an afternoon: low-pass, angle from rest, peaks."""

import sys

import numpy as np
from scipy.signal import butter, filtfilt, find_peaks

table = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
rate_hz = 1 / np.median(np.diff(table[:, 0]))
low, high = butter(2, 1.0, fs=rate_hz)
acc = filtfilt(low, high, table[:, 1:4], axis=0)
acc /= np.linalg.norm(acc, axis=1)[:, None]
rest = np.median(acc, axis=0)
angle_deg = np.degrees(np.arccos(np.clip(acc @ rest / np.linalg.norm(rest), -1, 1)))
peaks, _ = find_peaks(angle_deg, height=15, prominence=10, distance=int(rate_hz))
print(len(peaks), "reps")
