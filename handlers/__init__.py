"""What happens when somebody asks for something: a file tells one story or a few, and lists them at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.commands import Command
from models.work import Work

#: Lets a command happen.
Story = Callable[[Any, Work], None]
#: The stories of one file, each by its command.
Stories = dict[type[Command], Story]
