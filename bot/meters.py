"""What the running program counts about itself, for Prometheus: kinds and seconds, never a name or a word."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 3, 10, 30, 120, 600)

#: Counts by outcome: "arrived", "hold" (the service asked for patience: 429), "ambiguous", "personunreachable", …
sends = Counter("tocovid_sends", "Messages handed to the chat service, by what came of them", ["outcome"])
#: None is lost: they are kept in another form, in which they may still be handled.
updates_refused = Counter("tocovid_updates_refused", "Updates that the database refused to keep as they came")
#: From being kept in the inbox until the effects were committed.
intake_lag = Histogram("tocovid_intake_lag_seconds", "How long updates waited for their effects", buckets=_SECONDS)
#: What a tick came later than it should have, by the command it runs.
tick_lateness = Histogram("tocovid_tick_lateness_seconds", "How late ticks ran", ["tick"], buckets=_SECONDS)
#: Bytes, by what lies on the disk: the database, and the log where it goes to a file on another disk.
disk_free = Gauge("tocovid_disk_free_bytes", "Room left on the disks the bot writes to", ["disk"])
#: From the moment a change was ready until the disk had it.
commit_seconds = Histogram("tocovid_commit_seconds", "How long commits took", buckets=_SECONDS)
#: Lines that the disk, or whoever should have read them, did not take.
log_lines_lost = Counter("tocovid_log_lines_lost", "Lines of the log that could not be written")
