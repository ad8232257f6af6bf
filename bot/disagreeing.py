"""`tocovid triage --disagreements`: where staff knew better, and what triage would propose today."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.catalogue import Say
from models.records import Report
from models.rules.triage import Triage, read
from models.store.oversight import Oversight


class Disagreement(msgspec.Struct, frozen=True):
    """One report about which staff decided otherwise than triage does today."""

    id: str  #: Its code.
    text: str  #: Empty for what is confidential: few may read that.
    category: str  #: As staff left it.
    urgency: str
    confidential: bool
    proposed_category: str
    proposed_urgency: str
    proposed_confidential: bool
    because: tuple[str, ...]  #: The words that decided what is proposed.


def disagreements(engine: Engine) -> Iterator[bytes]:
    """A JSON line for each, oldest first; what triage has learnt since is left out."""
    with Session(engine) as session:
        for report in Oversight(session).corrected():
            proposed = read(report.words)
            if _as_decided(report) != (proposed.category, proposed.urgency, proposed.confidential):
                yield msgspec.json.encode(_disagreement(report, proposed))


def disagreements_in_words(engine: Engine, say: Say) -> Iterator[bytes]:
    """A line to read for each: the code, what was proposed, what staff made of it, and the words."""
    for line in disagreements(engine):
        found = msgspec.json.decode(line, type=Disagreement)
        proposed = f"{say(f'urgency.{found.proposed_urgency}')}, {say(f'category.{found.proposed_category}')}"
        decided = f"{say(f'urgency.{found.urgency}')}, {say(f'category.{found.category}')}"
        text = " ".join(found.text.split()) or "–"
        yield f"{found.id} · {proposed} → {decided}{' · !' if found.confidential else ''} · {text}".encode()


def _as_decided(report: Report) -> tuple[str, str, bool]:
    return report.category, report.urgency, report.confidential


def _disagreement(report: Report, proposed: Triage) -> Disagreement:
    return Disagreement(
        id=report.code,
        text="" if report.confidential else report.words,
        category=report.category.value,
        urgency=report.urgency.value,
        confidential=report.confidential,
        proposed_category=proposed.category.value,
        proposed_urgency=proposed.urgency.value,
        proposed_confidential=proposed.confidential,
        because=() if report.confidential else proposed.because,
    )
