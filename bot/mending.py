"""`tocovid status`, `parked` and `replay`: what the installation holds, what is stuck, and the way back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.catalogue import Say
from bot.exits import DONE, WRONG_USE
from bot.situation import count_everything
from models.store.parked import Parked

Print = Callable[[str], None]

_ID = re.compile(r"(in|out)-(\d{1,18})")


def tell_status(engine: Engine, say: Say, out: Print, *, as_json: bool) -> int:
    """How much there is of everything; as JSON the names stay the same in every language."""
    with Session(engine) as session:
        counts = asdict(count_everything(session))
    if as_json:
        out(json.dumps(counts))
        return DONE
    for name, number in counts.items():
        out(say(f"status.{name}", n=say.number(number)))
    return DONE


def tell_parked(engine: Engine, say: Say, zone: ZoneInfo, out: Print) -> int:
    """A line for everything that waits for a person, with the id that `replay` takes."""
    with Session(engine) as session:
        parked = Parked(session)
        incoming, outgoing = parked.incoming(), parked.outgoing()
    for entry in incoming:
        at = say.moment(entry.received_at, zone)
        out(say("parked.incoming", id=f"in-{entry.id}", at=at, tries=entry.tries, failure=entry.failure))
    for mail in outgoing:
        at = say.moment(mail.created_at, zone)
        out(say(f"parked.{mail.state.value}", id=f"out-{mail.id}", at=at, kind=mail.kind, failure=mail.failure))
    if not incoming and not outgoing:
        out(say("parked.nothing"))
    return DONE


def replay(engine: Engine, written: str, say: Say, out: Print, err: Print) -> int:
    """Let one parked thing have another try, by the bot that runs on this database or is started next."""
    named = _ID.fullmatch(written)
    if named is None:
        err(say("replay.bad_id", id=written))
        return WRONG_USE
    with Session(engine) as session, session.begin():
        parked = Parked(session)
        again = parked.replay_incoming if named[1] == "in" else parked.replay_outgoing
        is_waiting = again(int(named[2]))
    if not is_waiting:
        err(say("replay.not_parked", id=written))
        return WRONG_USE
    out(say("replay.waiting", id=written))
    return DONE
