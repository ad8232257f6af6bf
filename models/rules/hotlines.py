"""The numbers everybody is always shown."""

from __future__ import annotations

#: The ambulance, and the Ministry of Health's hotline of the epidemic.
ALWAYS_SHOWN = ("115", "19009095")
