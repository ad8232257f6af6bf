"""What the bot's pace, waits and weight are measured with, beside peers in the same run."""

import logging

from bot import log

# As the bot itself runs: only what matters is logged, and costs.
log.configure(level=logging.WARNING)
