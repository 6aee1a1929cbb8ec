"""Every session so far, in one SQLite file that can be made anew from the recordings."""

from imu_reps.session.history.sessions import Session, sessions_of, trends_of
from imu_reps.session.history.store import History, Taken, history, history_path

__all__ = ["History", "Session", "Taken", "history", "history_path", "sessions_of", "trends_of"]
