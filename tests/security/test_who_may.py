"""Nobody does what PRODUCT gives to others: every command, by every sort of person, in every sort of chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.security.who_may import DOES, PEOPLE, TABLE, Outcomes, as_markdown, district, try_everything

Tried = list[tuple[str, str, Outcomes]]

EVERYBODY = frozenset(PEOPLE) - {"hidden"}
DESK = frozenset({"team", "chair", "d chief"})  #: The desk that holds the report, and those who command it.
HIGHER_DESK = frozenset({"officer", "health", "police", "chair", "d chief"})
CALLERS = frozenset({"team", "kin", "head", "officer", "health", "chair", "d chief"})
GATHERERS = frozenset({"officer", "health", "chair", "d officer", "clerk", "d chief"})
LOOK_AFTER = frozenset({"team", "kin", "head"})
SENDER = frozenset({"resident"})
SERVING = EVERYBODY - {"resident", "neighbour", "stranger", "clerk", "admin", "ended"}
OF_COMMUNE = frozenset({"chair", "d chief"})  #: Who commands the commune.
PLANNERS = frozenset({"team", "kin", "head", "officer", "chair", "d chief"})
ISSUER = frozenset({"d chief"})
ADMINISTRATOR = frozenset({"admin"})
AT_HOME = frozenset({"resident", "neighbour", "kin"})
READERS = frozenset({"d officer", "d chief"})  #: Where nobody is named for it: the commander and one more.
ON_DUTY = frozenset({"team"})  #: Whose shift it is.
#: Where a document for communes went, or came from.
OFFICES = frozenset({"officer", "health", "police", "chair", "far chair", "d officer", "clerk", "d chief"})
LISTERS = frozenset({"team", "kin", "head", "officer", "chair", "d chief", "d officer", "admin"})
NOBODY: frozenset[str] = frozenset()

#: Who may, by hand from the product's description; wherever they ask, unless `IN_PLACE` says otherwise.
MAY = {
    **dict.fromkeys(("take", "reply", "result", "up", "up-now", "to-sender", "to-note", "view"), DESK),
    **dict.fromkeys(("more", "give-back", "assign", "assign-to", "promise", "promise-in", "ready", "ready-go"), DESK),
    **dict.fromkeys(
        ("kind", "kind-is", "haste", "haste-is", "secret", "secret-is", "home", "home-is", "same", "same-as"), DESK
    ),
    **dict.fromkeys(("down", "down-to"), HIGHER_DESK),
    **dict.fromkeys(("helped", "not-helped", "withdraw", "where"), SENDER),
    "said": EVERYBODY,  # is asked to write in private, for there is no message to send
    "ears": OF_COMMUNE,
    **dict.fromkeys(("report", "urgent", "help", "lang", "cancel", "unknown", "d-ask", "t-ask"), EVERYBODY),
    **dict.fromkeys(("need-yes", "need-no"), EVERYBODY - SENDER),  # theirs joins their report
    **dict.fromkeys(("c-which", "c-other", "c-mine"), EVERYBODY),
    **dict.fromkeys(("close-open", "release", "release-not", "release-to"), READERS),
    "close": EVERYBODY,
    # For those who are of that commune: at home there, or serving there.
    "close-at": EVERYBODY - {"far team", "far chair", "stranger", "d officer", "clerk", "d chief", "admin", "ended"},
    "close-to": frozenset({"neighbour"}),  # whose confidential report it is
    "close-word": frozenset({"clerk"}),  # who wrote of violence at home
    **dict.fromkeys(("over", "over-to", "over-now", "swap", "swap-to", "test-tap"), ON_DUTY),
    **dict.fromkeys(("over-take", "swap-say"), frozenset({"kin"})),  # to whom it was offered
    "roster": frozenset({"team", "kin", "head", "chair", "d chief"}),
    "shift-off": frozenset({"head", "chair", "d chief"}),
    "shifts": EVERYBODY,
    "c": AT_HOME,
    "c-own": AT_HOME,  # for their own home, whichever the button named
    **dict.fromkeys(("c-home", "c-link", "c-list", "c-none", "c-open", "c-src"), CALLERS),
    **dict.fromkeys(("c-away", "c-until", "c-moved", "c-print"), CALLERS),
    **dict.fromkeys(("c-how", "c-so"), CALLERS | SENDER),
    **dict.fromkeys(("c-line", "c-drop"), LOOK_AFTER),
    "c-read": NOBODY,  # nobody here looks after two communities with homes
    "c-units": SERVING - {"far team", "far chair"} | {"clerk"},
    "d-copy": SERVING | {"clerk"},
    **dict.fromkeys(("d-cancel", "d-due", "d-send", "d-unit", "d-when", "d-alarm", "d-alarm-no"), OF_COMMUNE),
    **dict.fromkeys(("d-tier", "d-as-is"), OF_COMMUNE),
    "d-pass": {"chair", "far chair"},
    "d-offer": {"clerk"},
    **dict.fromkeys(("t-read", "t-fill", "t-add", "t-note", "t-who", "t-due", "t-drop"), OF_COMMUNE),
    **dict.fromkeys(("t-proof", "t-xlsx"), ISSUER | {"clerk"}),
    "t-doc": OFFICES,
    "/vanban": SERVING | {"clerk"},
    "/coquan": OF_COMMUNE | {"far chair", "clerk"},
    **dict.fromkeys(("d-to", "d-page"), NOBODY),  # for those who may, nothing is other than it was
    **dict.fromkeys(("f-open", "f-ask", "f-case", "f-start", "f-drop"), CALLERS),
    "f-feel": CALLERS | SENDER,
    "f-of": NOBODY,  # nobody here speaks for two who are followed
    **dict.fromkeys(("a-open", "a-follow", "a-not"), CALLERS),
    **dict.fromkeys(("a-send", "a-drop"), {"resident", "neighbour"} | LOOK_AFTER),  # who came to homes of theirs
    "/nguoive": AT_HOME | SERVING | {"clerk"},
    **dict.fromkeys(("y-ask", "y-send"), CALLERS),
    "y-unit": CALLERS - {"team", "kin"},  # who serves one team is not asked which
    "y-drop": CALLERS | {"far team", "far chair"},  # what they typed themselves
    **dict.fromkeys(("y-sum", "y-chase", "y-cells", "y-fill", "y-form-off"), GATHERERS),
    **dict.fromkeys(("v-play", "v-off", "/ghiam"), ADMINISTRATOR),
    **dict.fromkeys(("v", "v-in"), EVERYBODY),  # for their own home; whoever has none is told how to have one
    "/bieumau": GATHERERS | {"far chair"},
    "/solieu": CALLERS | GATHERERS | {"far team", "far chair"},
    "/theodoi": CALLERS | {"far team", "far chair"},
    **dict.fromkeys(("p-below", "p-drop", "p-open", "p-save", "p-set", "p-type"), PLANNERS),
    **dict.fromkeys(("d-board", "d-chase", "d-miss"), ISSUER | {"clerk"}),
    **dict.fromkeys(("d-fix", "d-off", "d-off-no", "d-off-yes"), ISSUER),
    **dict.fromkeys(("grant", "ungrant", "role"), OF_COMMUNE),
    "grant-no": NOBODY,  # nobody was proposed
    "grants": OF_COMMUNE | {"far chair", "admin"},
    **dict.fromkeys(("bind", "bind-in", "bind-yes"), ADMINISTRATOR),
    **dict.fromkeys(("h", "h-ask", "h-back", "h-join", "h-kind", "h-log", "h-new", "h-out", "h-tel"), CALLERS),
    **dict.fromkeys(("h-to", "h-where", "r", "r-back", "r-end", "r-to"), CALLERS),
    **dict.fromkeys(("q-print", "q-off"), LISTERS),
    "q-link": CALLERS,
    **dict.fromkeys(("im-yes", "im-no", "im-undo"), ADMINISTRATOR | {"team"}),  # whose list it is
    **dict.fromkeys(("queue", "q", "q-by"), SERVING),
    **dict.fromkeys(
        ("/start", "/baotin", "/hoitham", "/cachhoi", "/tincuatoi", "/truc", "/ngonngu", "/help"), EVERYBODY
    ),
    **dict.fromkeys(("/tindangcho", "/timtin", "/nhachuabao"), SERVING),
    "/lichhoitham": PLANNERS | {"far team", "far chair", "d officer"},
    **dict.fromkeys(("/chidao", "/dondoc"), OF_COMMUNE | {"far chair", "clerk"}),
    **dict.fromkeys(("/gannhom", "/donvi"), ADMINISTRATOR),
    "/inthe": LISTERS | {"far team", "far chair", "d officer"},
    "/nha": CALLERS | {"far team", "far chair"},  # whatever there is in their own communities
    "/nhapdanhsach": SERVING - {"health", "police", "clerk"} | {"admin"},
    "/phancong": SERVING | {"clerk"},
    "/phanquyen": OF_COMMUNE | {"far chair", "admin"},
}
#: A directive is answered for the units one acts for; in a group only when its unit is among them.
ANSWERS = {
    "private chat": {"team", "kin", "far team", "head", "officer", "chair", "far chair"},
    "its community's group": {"team", "kin", "head"},
    "its commune's group": {"officer", "chair"},
    "another community's group": {"far team"},
}
#: A task of communes is answered by those who act for one.
OF_COMMUNES: dict[str, set[str]] = {
    "private chat": {"officer", "chair", "far chair"},
    "its community's group": set(),
    "its commune's group": {"officer", "chair"},
    "another community's group": set(),
}
#: In private there is no message to log: everybody is told how it goes.
LOGS: dict[str, set[str]] = {"private chat": {*EVERYBODY}, "its community's group": {*CALLERS}}
#: In a group its own unit is meant; in private whoever commands anything learns how to name one.
LISTENS: dict[str, set[str]] = {"private chat": {*OF_COMMUNE, "far chair"}, "its community's group": {*OF_COMMUNE}}
IN_PLACE = {
    "/nghenhom": LISTENS,
    "d-ack": ANSWERS,
    "d-done": ANSWERS,
    "t-ack": OF_COMMUNES,
    "t-done": OF_COMMUNES,
    "/ghitin": LOGS,
}


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    with district(tmp_path_factory.mktemp("district")) as situation:
        return list(try_everything(situation))


def test_each_command_is_for_those_the_product_names_and_for_nobody_else(tried: Tried) -> None:
    wrong = {}
    for name, place, outcomes in tried:
        command = name.strip("`")
        may = IN_PLACE[command][place] if command in IN_PLACE else MAY[command]
        does = {person for person, outcome in outcomes.items() if outcome == DOES}
        if does != may:
            wrong[command, place] = {"may but does not": set(may) - does, "does but may not": does - set(may)}
    assert wrong == {}


def test_the_table_in_the_documents_says_what_the_stories_do(tried: Tried) -> None:
    written = TABLE.read_text(encoding="utf-8")
    assert written == as_markdown(tried), f"run python -m tests.security.who_may to write {Path(TABLE).name} anew"
