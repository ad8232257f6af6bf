"""What the environment says, laid over what the file says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.config_errors import PREFIX


def variables_of(environ: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """Key, as `telegram.token` → the environment variable that gives it, misspelt ones too; `known` are all keys."""
    ours = {name: name.removeprefix(PREFIX).lower() for name in environ if name.startswith(PREFIX)}
    one_underscore_short = {key.replace(".", "_") for key in known}
    return {key.replace("__", ".", 1): name for name, key in ours.items() if "__" in key or key in one_underscore_short}


def override(given: dict[str, Any], key: str, value: str, variables: Mapping[str, str]) -> None:
    """Let `value` stand for the key, whatever the file says; of the two places of a token one is enough."""
    section, _, name = key.rpartition(".")
    place = given.setdefault(section, {}) if section else given
    if not isinstance(place, dict):
        return
    place[name] = value
    rival = {"telegram.token": "token_file", "telegram.token_file": "token"}.get(key)
    if rival and f"telegram.{rival}" not in variables:
        place.pop(rival, None)
