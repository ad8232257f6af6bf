"""A document as one JSON object, for programs and for keeping; read back it is the same document.

What few deadlines and tasks have (`on`, `within` in seconds, `part`, `before`, `named_below`) is left out where it is
empty.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from models.rules.documents.document import (
    Deadline,
    Document,
    Every,
    PartialDate,
    Reference,
    Signer,
    Task,
    Tier,
    Type,
)

Json = dict[str, Any]


def to_json(document: Document) -> Json:
    """The document as a JSON object, in the order in which it is read."""
    return {
        "type": document.type,
        "number": document.number,
        "symbol": document.symbol,
        "issuer": document.issuer,
        "place": document.place,
        "date": _date_to_json(document.date),
        "subject": document.subject,
        "addressees": list(document.addressees),
        "references": [_reference_to_json(reference) for reference in document.references],
        "tasks": [task_to_json(task) for task in document.tasks],
        "recipients": list(document.recipients),
        "signer": _signer_to_json(document.signer),
        "missing": list(document.missing),
    }


def from_json(written: Json) -> Document:
    """The document that `to_json` wrote. Raises KeyError or ValueError for an object it did not write."""
    return Document(
        type=_type_from_json(written["type"]),
        number=written["number"],
        symbol=written["symbol"],
        issuer=written["issuer"],
        place=written["place"],
        date=_date_from_json(written["date"]),
        subject=written["subject"],
        addressees=tuple(written["addressees"]),
        references=tuple(_reference_from_json(reference) for reference in written["references"]),
        tasks=tuple(task_from_json(task) for task in written["tasks"]),
        recipients=tuple(written["recipients"]),
        signer=Signer(**written["signer"]) if written["signer"] else None,
        missing=tuple(written["missing"]),
    )


def _date_to_json(written: PartialDate | None) -> str | None:
    return str(written) if written else None


def _date_from_json(written: str | None) -> PartialDate | None:
    return PartialDate.parse(written) if written else None


def _type_from_json(written: str | None) -> Type | None:
    return Type(written) if written else None


def _reference_to_json(reference: Reference) -> Json:
    return {
        "type": reference.type,
        "number": reference.number,
        "symbol": reference.symbol,
        "date": _date_to_json(reference.date),
    }


def _reference_from_json(written: Json) -> Reference:
    return Reference(
        type=_type_from_json(written["type"]),
        number=written["number"],
        symbol=written["symbol"],
        date=_date_from_json(written["date"]),
    )


def task_to_json(task: Task) -> Json:
    """One task of a document as a JSON object."""
    named_below = {"named_below": list(task.named_below)} if task.named_below else {}
    return {
        "no": task.no,
        "text": task.text,
        "assignees": list(task.assignees),
        "tiers": list(task.tiers),
        "items": list(task.items),
        "deadlines": [_deadline_to_json(deadline) for deadline in task.deadlines],
        **named_below,
    }


def task_from_json(written: Json) -> Task:
    """The task that `task_to_json` wrote. Raises KeyError or ValueError for an object it did not write."""
    return Task(
        no=written["no"],
        text=written["text"],
        assignees=tuple(written["assignees"]),
        tiers=tuple(map(Tier, written["tiers"])),
        items=tuple(written["items"]),
        deadlines=tuple(_deadline_from_json(deadline) for deadline in written["deadlines"]),
        named_below=tuple(written.get("named_below", ())),
    )


def _deadline_to_json(deadline: Deadline) -> Json:
    seldom = {
        "part": deadline.part,
        "on": deadline.on,
        "within": deadline.within and int(deadline.within.total_seconds()),
        "before": deadline.before,
    }
    return {
        "text": deadline.text,
        "date": _date_to_json(deadline.date),
        "time": deadline.time and f"{deadline.time:%H:%M}",
        "every": deadline.every,
        **{key: value for key, value in seldom.items() if value},
    }


def _deadline_from_json(written: Json) -> Deadline:
    within = written.get("within")
    return Deadline(
        text=written["text"],
        date=_date_from_json(written["date"]),
        time=time.fromisoformat(written["time"]) if written["time"] else None,
        part=written.get("part"),
        every=Every(written["every"]) if written["every"] else None,
        on=written.get("on"),
        within=timedelta(seconds=within) if within else None,
        before=written.get("before", False),
    )


def _signer_to_json(signer: Signer | None) -> Json | None:
    return {"name": signer.name, "title": signer.title, "authority": signer.authority} if signer else None
