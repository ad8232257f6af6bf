import pytest

from models.rules.weighing import Rules


def rules(kind: str, *lines: str) -> Rules:
    learnt = Rules()
    for number, line in enumerate(lines, 1):
        learnt.learn(kind, line, number)
    return learnt


def test_a_rule_counts_only_when_all_its_conditions_are_met() -> None:
    learnt = rules("points", "case + together + no own: contact +5, symptom -9")
    assert learnt.points({"case": 1, "together": 2}) == {"contact": 5, "symptom": -9}
    assert not learnt.points({"case": 1})
    assert not learnt.points({"case": 1, "together": 1, "own": 1})


def test_two_grave_signs_are_more_than_one() -> None:
    learnt = rules("points", "2 grave: emergency +100")
    assert learnt.points({"grave": 2})["emergency"] == 100
    assert not learnt.points({"grave": 1})


def test_the_families_that_decided_together_are_known() -> None:
    learnt = rules("points", "case + together + no own: contact +5", "fever: symptom +4")
    assert learnt.speaking({"case": 1, "together": 1, "fever": 1}, "contact") == {"case", "together"}


def test_urgency_and_confidence_depend_on_what_the_message_is_about() -> None:
    assert rules("urgency", "as relief + pressing: P2").urgency({"pressing": 1}, "relief") == "P2"
    assert rules("urgency", "as relief + pressing: P2").urgency({"pressing": 1}, "question") is None
    confidential = rules("confidential", "violence: home", "as violation + named: asked")
    assert confidential.ground({"named": 1, "violence": 1}, "violation") == "home"
    assert confidential.ground({"named": 1}, "violation") == "asked"
    assert confidential.ground({"named": 1}, "wellness") is None


@pytest.mark.parametrize(("kind", "line"), [("points", "case and together: contact +5"), ("colour", "case: red")])
def test_a_rule_that_cannot_be_understood_is_refused_with_its_line(kind: str, line: str) -> None:
    with pytest.raises(ValueError, match="Line 1"):
        rules(kind, line)
