"""Where staff knew better than triage can be listed, so that triage can be taught."""

from __future__ import annotations

import msgspec
from sqlalchemy import Engine

from bot.disagreeing import disagreements
from handlers.commands.desks import CorrectUrgency
from handlers.commands.reports import HearMessage
from models.rules.triage import Urgency
from tests.stories.reading import the_report
from tests.stories.world import World


def test_what_staff_changed_is_listed_with_its_words_and_what_is_proposed_today(world: World) -> None:
    engine = world.session.get_bind()
    assert isinstance(engine, Engine)
    world.by(world.resident, HearMessage, words="Nhà tôi xin ít gạo với thuốc")
    report = the_report(world)
    world.session.commit()
    assert list(disagreements(engine)) == []
    world.by(world.member, CorrectUrgency, report_id=report.id, urgency=Urgency.P2)
    (line,) = disagreements(engine)
    told = msgspec.json.decode(line)
    assert (told["id"], told["text"]) == (report.code, report.words)
    assert (told["urgency"], told["proposed_urgency"]) == ("P2", "P3")
