"""The door to Telegram; nothing outside this folder knows its library."""

import os

# The library then gives spans as timedelta, as we do, and warns of its older ways no more.
os.environ.setdefault("PTB_TIMEDELTA", "true")
