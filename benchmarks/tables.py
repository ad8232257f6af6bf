"""How benchmarks print what they found: a JSON line each, or tables that can go into a page with the bars they kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

Row = Mapping[str, object]


def say(bench: str, **found: object) -> None:
    """Print one JSON line of what this benchmark found."""
    print(json.dumps({"bench": bench, **found}, ensure_ascii=False), flush=True)


def show(title: str, rows: Iterable[Row]) -> None:
    """Print rows with the same keys as one table."""
    listed = [{name: _written(value) for name, value in row.items()} for row in rows]
    names = list(listed[0])
    widths = {name: max(len(name), *(len(row[name]) for row in listed)) for name in names}
    print(f"\n{title}\n")
    print(_line({name: name for name in names}, names, widths))
    print(_line({name: "-" * widths[name] for name in names}, names, widths))
    for row in listed:
        print(_line(row, names, widths), flush=True)


def held_to(most: float, figure: float, unit: str) -> dict[str, object]:
    """The cells that say what a figure was allowed to be, and whether it was."""
    return {"bar": f"≤ {most:g} {unit}".rstrip(), "kept": "yes" if figure <= most else "NO"}


def _line(row: Mapping[str, str], names: Sequence[str], widths: Mapping[str, int]) -> str:
    return "| " + " | ".join(row[name].ljust(widths[name]) for name in names) + " |"


def _written(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
