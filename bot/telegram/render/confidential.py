"""How what is said about reports that only a few may read reads."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.people import who
from handlers.commands.confidential import BeginConfidential, BeginReleaseTo, NameConcerned, WantWord
from handlers.commands.enrolment import CancelDraft
from models.notices.confidential import (
    ConcernAsked,
    ConfidenceOffered,
    ConfidentialWordsAsked,
    HomeReportFiled,
    QuietlyJoined,
    ReadersChosen,
    ReadersFixed,
    Released,
    ReleaseOffered,
    ReleaseWordsAsked,
    SenderMustBeSpared,
    TierChoice,
    WordPromised,
)


def send_to(choice: TierChoice, reader: Reader) -> str:
    """The label with which a sender chooses the tier that reads."""
    return reader.say("button.send_to", tier=reader.tier(choice.tier))


@renders(ConfidenceOffered)
def confidence_offered(notice: ConfidenceOffered, reader: Reader) -> Message:
    choices = [
        Button(send_to(choice, reader), to_data(BeginConfidential, unit_id=choice.unit_id)) for choice in notice.choices
    ]
    return Message(reader.say("confidential.offered"), column(*choices))


@renders(ConfidentialWordsAsked)
def confidential_words_asked(notice: ConfidentialWordsAsked, reader: Reader) -> Message:
    return Message(
        reader.say("confidential.words_asked", unit=notice.unit), column(reader.button("cancel", CancelDraft))
    )


@renders(HomeReportFiled)
def home_report_filed(notice: HomeReportFiled, reader: Reader) -> Message:
    button = reader.button("want_word", WantWord, report_id=notice.report_id)
    return Message(reader.say("confidential.home_receipt", code=notice.code), column(button))


@renders(QuietlyJoined)
def quietly_joined(_notice: QuietlyJoined, reader: Reader) -> Message:
    return Message(reader.say("confidential.quietly_joined"))


@renders(WordPromised)
def word_promised(notice: WordPromised, reader: Reader) -> Message:
    return Message(reader.say("confidential.word_promised", code=notice.code))


@renders(ReadersChosen)
def readers_chosen(notice: ReadersChosen, reader: Reader) -> Message:
    return Message(reader.say("confidential.readers_chosen", code=notice.code, unit=notice.unit))


@renders(ReadersFixed)
def readers_fixed(notice: ReadersFixed, reader: Reader) -> Message:
    return Message(reader.say("confidential.readers_fixed", code=notice.code))


@renders(SenderMustBeSpared)
def sender_must_be_spared(notice: SenderMustBeSpared, reader: Reader) -> Message:
    return Message(reader.say("confidential.must_be_spared", code=notice.code))


@renders(ConcernAsked)
def concern_asked(notice: ConcernAsked, reader: Reader) -> Message:
    nobody = reader.button("nobody_concerned", NameConcerned, report_id=notice.report_id, unit_id=0)
    units = [
        Button(choice.name, to_data(NameConcerned, report_id=notice.report_id, unit_id=choice.unit_id))
        for choice in notice.choices
    ]
    return Message(reader.say("confidential.concern_asked", code=notice.code), column(*units, nobody))


@renders(ReleaseOffered)
def release_offered(notice: ReleaseOffered, reader: Reader) -> Message:
    units = [
        Button(choice.name, to_data(BeginReleaseTo, report_id=notice.report_id, unit_id=choice.unit_id))
        for choice in notice.choices
    ]
    return Message(reader.say("confidential.release_offered", code=notice.code), column(*units))


@renders(ReleaseWordsAsked)
def release_words_asked(notice: ReleaseWordsAsked, reader: Reader) -> Message:
    text = reader.say("confidential.release_words_asked", code=notice.code, unit=notice.unit)
    return Message(text, column(reader.button("cancel", CancelDraft)))


@renders(Released)
def released(notice: Released, reader: Reader) -> Message:
    to = who(notice.to, reader)
    return Message(reader.say("confidential.released", code=notice.code, as_code=notice.as_code, to=to))
