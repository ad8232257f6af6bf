"""What is wrong with the configuration, said with its place: file, line, key, or environment variable."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic_core import ErrorDetails

from bot.catalogue import FIRST_LANGUAGE, Catalogues, Say

PREFIX = "TOCOVID_"  #: What the environment variables of the bot begin with.
_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")
_SENTENCES = {
    "model_type": "config.not_a_section",
    "string_type": "config.not_a_text",
    "path_type": "config.not_a_text",
    "missing": "config.key_missing",
}
_PLACE_IN_TOML = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True)
class Origin:
    """Where a setting was written."""

    key: str = ""  #: As `telegram.token`; empty when the whole file is meant.
    file: Path | None = None  #: None when no file was read, or the environment gave the value.
    line: int | None = None  #: Counted from 1; None when it is in no line of the file.
    variable: str | None = None  #: The environment variable that gave the value.

    def in_words(self, say: Say) -> str:
        """The place as a person looks it up, widest first; empty when there is none."""
        parts = (
            str(self.file) if self.file else "",
            say("config.line", line=self.line) if self.line else "",
            say("config.variable", name=self.variable) if self.variable else self.key,
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Problem:
    """One thing to put right."""

    reason: str  #: Id of a sentence in the catalogues.
    origin: Origin
    values: Mapping[str, object] = field(default_factory=dict)  #: What fills the sentence; never a secret.

    def in_words(self, say: Say) -> str:
        """One line such as "config.toml, line 3, telegram.tokn: …"."""
        where = self.origin.in_words(say)
        reason = say(self.reason, **self.values)
        return f"{where}: {reason}" if where else reason


class ConfigError(Exception):
    """The configuration cannot be used; each problem says where it is and what is expected."""

    def __init__(self, problems: Sequence[Problem], language: str = FIRST_LANGUAGE) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)
        self.language = language  #: The language the configuration asks for, as far as it could be read.

    def in_words(self, say: Say) -> list[str]:
        """One line for each problem."""
        return [problem.in_words(say) for problem in self.problems]

    def __str__(self) -> str:
        return "\n".join(self.in_words(Catalogues.load().in_language(self.language)))


@dataclass(frozen=True)
class Sources:
    """What the settings were read from, so that an error can say where its value was written."""

    file: Path | None  #: None when there is no file.
    text: str  #: The file's text.
    variables: Mapping[str, str]  #: Key, as `telegram.token` → the environment variable that gave it.

    def origin(self, location: Sequence[str | int]) -> Origin:
        """Where the setting at `location`, as pydantic names it, was written."""
        key = ".".join(str(part) for part in location)
        for given, variable in self.variables.items():
            if key == given or key.startswith(f"{given}."):
                return Origin(key=given, variable=variable)
        lines = lines_of_keys(self.text)
        places = (".".join(map(str, location[:depth])) for depth in range(len(location), 0, -1))
        line = next((lines[place] for place in places if place in lines), None)
        misspelt = next((given for given in self.variables if given.startswith(f"{key}.")), None)
        if line is None and misspelt:
            return Origin(key=misspelt, variable=self.variables[misspelt])
        return Origin(key, self.file, line)


def lines_of_keys(text: str) -> dict[str, int]:
    """Key, as `telegram.token` or `community.tiers.0.name` → the line, from 1, that writes it."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if opened := _TABLE.match(line):
            table = opened[2]
            lines.setdefault(table, number)
            if opened[1] == "[[":
                table = f"{table}.{sum(place.rpartition('.')[0] == table for place in lines)}"
                lines[table] = number
        elif written := _KEY.match(line):
            lines.setdefault(f"{table}.{written[1]}".lstrip("."), number)
    return lines


def explain(errors: Iterable[ErrorDetails], sources: Sources, known: Sequence[str]) -> list[Problem]:
    """Pydantic's errors as problems with a place; `known` keys are suggested for a misspelt one."""
    return [_problem(error, sources.origin(error["loc"]), known) for error in errors]


def _problem(error: ErrorDetails, origin: Origin, known: Sequence[str]) -> Problem:
    kind, details = error["type"], error.get("ctx", {})
    if kind.startswith("config."):
        return Problem(kind, origin, details)
    if kind == "extra_forbidden":
        return _unknown_key(origin, known)
    if kind in ("literal_error", "enum"):
        return Problem("config.one_of", origin, {"expected": str(details["expected"]).replace("'", '"')})
    if kind.startswith(("int", "float", "greater")):
        return Problem("config.bad_number", origin)
    if kind == "string_pattern_mismatch":
        return Problem("config.bad_pattern", origin, {"pattern": details["pattern"]})
    return Problem(_SENTENCES.get(kind, "config.bad_value"), origin)


def _unknown_key(origin: Origin, known: Sequence[str]) -> Problem:
    """The misspelt key with the nearest known one, written as its place asks: a variable for a variable."""
    sections = [] if "." in origin.key else [key.partition(".")[0] for key in known]
    nearest = difflib.get_close_matches(origin.key, [*known, *sections], n=1, cutoff=0.0)[0]
    if origin.variable:
        nearest = f"{PREFIX}{nearest.replace('.', '__').upper()}"
    return Problem("config.unknown_key", origin, {"nearest": nearest})


def bad_toml(error: tomllib.TOMLDecodeError, file: Path | None) -> Problem:
    """Where the parser stumbled, by line and column; what was left open it notices only at the end."""
    if place := _PLACE_IN_TOML.search(str(error)):
        return Problem("config.bad_toml", Origin(file=file, line=int(place[1])), {"column": place[2]})
    return Problem("config.toml_left_open", Origin(file=file))
