"""Which story each command belongs to. There is no second way from a command to its effects."""

from __future__ import annotations

from handlers import (
    Stories,
    agencies,
    alarms,
    answers,
    asking,
    binding,
    call_lines,
    call_list,
    called_homes,
    chats,
    checkin_figures,
    checkins,
    claims,
    confidential,
    conversation,
    desk,
    directive_answers,
    directive_board,
    directive_cards,
    directive_chase,
    directive_copies,
    directive_preview,
    directive_sending,
    directives,
    document_list,
    documents,
    door_list,
    duty,
    duty_calls,
    enrolment,
    escalation,
    following,
    followups,
    grants,
    handing_over,
    homes,
    household_changes,
    households,
    housekeeping,
    import_steps,
    imports,
    joining,
    linking,
    long_silence,
    patterns,
    plans,
    proposals,
    queue,
    readings,
    register,
    releasing,
    report_cards,
    reports,
    roster,
    roster_watch,
    round_planning,
    rounds,
    routing,
    senders,
    swaps,
    task_answers,
    task_chase,
    tools,
    unready,
)
from handlers.commands import Command
from models.work import Work

#: Every command and its story; each handler file lists its own.
STORIES: Stories = {
    **conversation.STORIES,
    **reports.STORIES,
    **senders.STORIES,
    **desk.STORIES,
    **report_cards.STORIES,
    **queue.STORIES,
    **patterns.STORIES,
    **unready.STORIES,
    **escalation.STORIES,
    **confidential.STORIES,
    **releasing.STORIES,
    **routing.STORIES,
    **alarms.STORIES,
    **duty.STORIES,
    **roster.STORIES,
    **roster_watch.STORIES,
    **swaps.STORIES,
    **handing_over.STORIES,
    **duty_calls.STORIES,
    **claims.STORIES,
    **tools.STORIES,
    **linking.STORIES,
    **queue.STORIES,
    **directives.STORIES,
    **directive_preview.STORIES,
    **directive_sending.STORIES,
    **directive_cards.STORIES,
    **directive_answers.STORIES,
    **directive_board.STORIES,
    **documents.STORIES,
    **document_list.STORIES,
    **task_answers.STORIES,
    **task_chase.STORIES,
    **agencies.STORIES,
    **directive_chase.STORIES,
    **plans.STORIES,
    **round_planning.STORIES,
    **directive_copies.STORIES,
    **rounds.STORIES,
    **checkins.STORIES,
    **homes.STORIES,
    **answers.STORIES,
    **call_list.STORIES,
    **called_homes.STORIES,
    **call_lines.STORIES,
    **asking.STORIES,
    **door_list.STORIES,
    **long_silence.STORIES,
    **checkin_figures.STORIES,
    **following.STORIES,
    **followups.STORIES,
    **readings.STORIES,
    **enrolment.STORIES,
    **joining.STORIES,
    **binding.STORIES,
    **chats.STORIES,
    **grants.STORIES,
    **proposals.STORIES,
    **register.STORIES,
    **households.STORIES,
    **household_changes.STORIES,
    **imports.STORIES,
    **import_steps.STORIES,
    **housekeeping.STORIES,
}


#: Commands put off to the end of a transaction: each once, in the order in which they were first asked for.
PutOff = dict[Command, None]


def run(command: Command, work: Work, put_off: PutOff | None = None) -> None:
    """Let the command's story act, then the stories of whatever follows from it; nothing is committed here.

    With `put_off`, what only shows the newest state does not run but is added there.
    """
    pending = [command]
    while pending:
        following = pending.pop(0)
        if put_off is not None and following.only_shows:
            put_off[following] = None
            continue
        STORIES[type(following)](following, work)
        pending.extend(work.take_following())
