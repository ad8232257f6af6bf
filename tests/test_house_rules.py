"""What the house rules forbid stays out of the code; each rule names its reason."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.router import STORIES
from handlers import commands
from handlers.commands import Command

HOUSE = Path(__file__).parent.parent
LAYERS = ("bot", "handlers", "models", "migrations")

MAY_READ_THE_CLOCK = {
    "bot/moments.py": "hands the time to everything else",
    "bot/sandbox": "is the world outside: Telegram's server has a clock of its own",
    "bot/demo": "plays the day on the sandbox's clock",
}
MAY_COMMIT = {
    "bot": "only the loops there know where one unit of work ends",
    "models/database.py": "sets up the engine before any story runs",
}
MAY_HOLD_VIETNAMESE = {
    "models/rules": "reads words as people type them, and speaks none",
    "bot/demo": "invents names of places and people",
    "bot/sandbox": "invents names of places and people",
}
MAY_WRITE_WORKBOOKS = {
    "bot/errands/workbook.py": "writes no cell as a formula, whatever people's words begin with",
    "bot/gathering/filling.py": "fills an office's own form, and marks words as words",
}
LETTERS_ONLY_VIETNAMESE_HAS = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
LENGTH_OF_A_FILE = 300


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (HOUSE / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def allowed(path: Path, exceptions: dict[str, str]) -> bool:
    return any(name_of(path) == place or name_of(path).startswith(f"{place}/") for place in exceptions)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "" if node.level == 0 else f"{package_of(path, node.level)}.{node.module or ''}")


def package_of(path: Path, level: int) -> str:
    return ".".join(path.relative_to(HOUSE).parts[:-level])


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every call in a file as dotted words and its line: `datetime.now`, `session.commit`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func), node.lineno


def docstrings(path: Path) -> set[int]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = (node.body for node in ast.walk(tree(path)) if isinstance(node, owners))
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def test_workbooks_are_written_only_where_no_word_becomes_a_formula() -> None:
    writers = {path for path in python_files(*LAYERS) if {"xlsxwriter", "openpyxl"} & set(imports(path))}
    assert {name_of(path) for path in writers} == set(MAY_WRITE_WORKBOOKS)


def test_rules_know_only_the_standard_library() -> None:
    known = {*sys.stdlib_module_names, "models"}
    foreign = {
        f"{name_of(path)} imports {module}"
        for path in python_files("models/rules")
        for module in imports(path)
        if module.split(".")[0] not in known or (module.startswith("models") and not module.startswith("models.rules"))
    }
    assert foreign == set()


def test_the_rules_are_tried_without_a_database_or_telegram() -> None:
    modules = [name_of(path)[: -len(".py")].replace("/", ".") for path in python_files("models/rules", "tests/rules")]
    asked = f"import sys, tests.conftest, {', '.join(modules)}; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert {"sqlalchemy", "telegram", "aiohttp", "alembic"}.isdisjoint(answer.stdout.split())


@pytest.mark.parametrize(
    ("library", "home"),
    [("telegram", "bot/telegram"), ("apscheduler", "bot/clock.py")],
)
def test_a_library_of_the_outside_world_has_one_home(library: str, home: str) -> None:
    strangers = [
        name_of(path)
        for path in python_files(*LAYERS)
        if any(module.split(".")[0] == library for module in imports(path)) and not allowed(path, {home: ""})
    ]
    assert strangers == []


def test_stories_do_not_call_each_other() -> None:
    known = {"handlers", "handlers.commands"}
    calling = {
        f"{name_of(path)} imports {module}"
        for path in python_files("handlers")
        for module in imports(path)
        if module.split(".")[0] == "handlers" and module not in known and not module.startswith("handlers.commands.")
    }
    assert calling == set()


def test_everything_that_can_be_asked_has_its_story() -> None:
    families = [vars(family).values() for name, family in vars(commands).items() if not name.startswith("_")]
    known = {each for family in families for each in family if isinstance(each, type) and issubclass(each, Command)}
    kinds = {kind for command in known for kind in command.__mro__[1:]}
    assert known - kinds == set(STORIES)


def test_only_the_loops_commit() -> None:
    commits = [
        f"{name_of(path)}:{line}"
        for path in python_files(*LAYERS)
        if not allowed(path, MAY_COMMIT)
        for call, line in calls(path)
        if call.endswith(".commit")
    ]
    assert commits == []


def test_now_is_always_an_argument() -> None:
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
    readings = [
        f"{name_of(path)}:{line}"
        for path in python_files("bot", "handlers", "models")
        if not allowed(path, MAY_READ_THE_CLOCK)
        for call, line in calls(path)
        if call in clocks or any(call.endswith(f".{clock}") for clock in clocks)
    ]
    assert readings == []


def test_no_sentence_hides_in_the_code() -> None:
    sentences = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("bot", "handlers", "models")
        if not allowed(path, MAY_HOLD_VIETNAMESE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings(path)
        and LETTERS_ONLY_VIETNAMESE_HAS.search(node.value)
    ]
    assert sentences == []


def test_a_file_is_short_enough_to_be_read_at_once() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files("bot", "handlers", "models")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LENGTH_OF_A_FILE} == {}


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    left = [name_of(path) for path in python_files(*LAYERS) if marks.search(path.read_text("utf-8"))]
    assert left == []
