"""How much of the machine reading a file may take, held by the operating system.

Windows has no such limits for a process that starts itself; there only the time is limited.
"""

from __future__ import annotations

from collections.abc import Callable

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

MEMORY = 300 * 1024 * 1024  #: Bytes, all libraries included.
SECONDS = 5.0  #: From the file to the answer; reading pictures has `ocr.SECONDS_A_PAGE` a page.
CORE_SECONDS = 10  #: Of the processor's time, in case nobody is there any more to end the process.


def hold() -> None:
    """Limit this process: beyond its memory it gets MemoryError, beyond its time it is ended."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hold_time() -> None:
    """Limit the processor's time of this process, where it reads no pictures."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (CORE_SECONDS, resource.RLIM_INFINITY))


def lift(memory: int) -> Callable[[], None] | None:
    """What a child process calls to have another limit of memory than its parent."""
    if resource is None:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
