"""Qualify on Telegram: updates in, screens out, the scheduler and the sandbox."""

import os

# python-telegram-bot gives durations as timedelta when asked to, and warns at every use when not
os.environ.setdefault("PTB_TIMEDELTA", "true")
