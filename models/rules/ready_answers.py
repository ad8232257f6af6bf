"""The ready-made answers of a desk: which fit which kind of report. Their sentences are in the catalogues."""

from __future__ import annotations

from enum import StrEnum

from models.rules.triage import Category


class ReadyAnswer(StrEnum):
    """An answer that can be sent by a tap, in the language of whoever reads it."""

    COMING = "coming"  #: Somebody is on the way.
    WILL_CALL = "will_call"  #: Somebody calls soon.
    STAY_HOME = "stay_home"  #: Stay at home, apart from the others, until somebody comes.
    HEALTH_COMES = "health_comes"  #: The health station was told and comes, or calls.
    MEASURE = "measure"  #: Measure temperature and breath, and write them here.
    DECLARE = "declare"  #: Whoever came back stays at home and declares themselves to the team.
    BRINGING = "bringing"  #: What was asked for is being brought.
    ON_LIST = "on_list"  #: They are on the list and will be told the day.
    LOOKING_INTO = "looking_into"  #: It is being looked into.
    NOT_TRUE_YET = "not_true_yet"  #: Nobody has confirmed it; please do not pass it on.
    ASKING = "asking"  #: The team asks whoever knows, and answers.
    WHERE = "where"  #: Please say where exactly, and a number to call.


_ALWAYS = (ReadyAnswer.WILL_CALL, ReadyAnswer.WHERE)
_FITTING = {
    Category.EMERGENCY: (ReadyAnswer.COMING, ReadyAnswer.HEALTH_COMES),
    Category.SYMPTOM: (ReadyAnswer.HEALTH_COMES, ReadyAnswer.STAY_HOME, ReadyAnswer.MEASURE),
    Category.CONTACT: (ReadyAnswer.STAY_HOME, ReadyAnswer.HEALTH_COMES),
    Category.MOVEMENT: (ReadyAnswer.DECLARE, ReadyAnswer.LOOKING_INTO),
    Category.VIOLATION: (ReadyAnswer.LOOKING_INTO,),
    Category.RELIEF: (ReadyAnswer.BRINGING, ReadyAnswer.COMING),
    Category.VACCINE: (ReadyAnswer.ON_LIST, ReadyAnswer.ASKING),
    Category.QUESTION: (ReadyAnswer.ASKING,),
    Category.COMPLAINT: (ReadyAnswer.LOOKING_INTO,),
    Category.RUMOUR: (ReadyAnswer.NOT_TRUE_YET, ReadyAnswer.LOOKING_INTO),
    Category.PRIVACY: (ReadyAnswer.ASKING,),
}


def fitting(category: Category) -> tuple[ReadyAnswer, ...]:
    """The ready-made answers for this kind of report, the likeliest first; those that always fit come last."""
    return (*_FITTING.get(category, ()), *_ALWAYS)
