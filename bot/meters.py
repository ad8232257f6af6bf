"""What the running program counts about itself, for Prometheus: kinds and seconds, never a name or a word."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 3, 10, 30, 120, 600)

#: Counts by outcome: "arrived", "hold" (the service asked for patience: 429), "ambiguous", "personunreachable", …
sends = Counter("tocovid_sends", "Messages handed to the chat service, by what came of them", ["outcome"])
#: From being kept in the inbox until the effects were committed.
intake_lag = Histogram("tocovid_intake_lag_seconds", "How long updates waited for their effects", buckets=_SECONDS)
#: What a tick came later than it should have, by the command it runs.
tick_lateness = Histogram("tocovid_tick_lateness_seconds", "How late ticks ran", ["tick"], buckets=_SECONDS)
