"""The duties a document gives: which of its items somebody is made responsible for, who that is, and by when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from models.rules.documents.assignees import charged, heads, heads_of_clauses, leading, tiers_of
from models.rules.documents.deadlines import deadlines
from models.rules.documents.document import PartialDate, Task, Type
from models.rules.documents.grammar import Grammar
from models.rules.documents.letters import CAPITAL
from models.rules.documents.marks import Level
from models.rules.documents.outline import Item, Outline

#: Types whose items are duties even if they name nobody: they are for whoever the document is addressed to.
ADDRESSED = frozenset({Type.LETTER, Type.TELEGRAM, Type.INSTRUCTION, None})
#: Types that tell, ask or decide: only what names somebody is a duty.
_TELLING = frozenset(
    {Type.REPORT, Type.PROPOSAL, Type.MINUTES, Type.INVITATION, Type.DECISION, Type.RESOLUTION, Type.REGULATION}
)
_HEADLINE = re.compile(rf"({CAPITAL}[^.;:]{{1,60}}?) ?:")
_SENTENCES = re.compile(rf"(?<=[.;!])(?<!\bTT\.)(?<!\bTP\.)(?<!\bThS\.)(?<!\bBS\.) +(?={CAPITAL})")
T = TypeVar("T")

_ABOUT = re.compile(r"(?i)(?:về|công tác) ")
_LAST_WORDS = 70  #: Letters.
_TITLE = 90  #: The title of a section is shorter than this many letters.


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rest of the document says that its duties depend on."""

    type: Type | None  #: The document's.
    issued: PartialDate | None  #: When it was signed: it tells the year of days that name none.
    addressees: tuple[str, ...]  #: Whom it is addressed to.


@dataclass(frozen=True, slots=True)
class _Duty:
    """An item that may be a duty."""

    item: Item
    no: str | None  #: As the document counts.
    section: str | None  #: The number of the section it stands in.
    assignees: tuple[str, ...]
    is_named: bool  #: It, or its section, says itself who is to do it.


def read_tasks(outline: Outline, circumstances: Circumstances, grammar: Grammar) -> tuple[Task, ...]:
    """The duties of a body, in order."""
    return tuple(_Reader(circumstances, grammar).read(outline))


@dataclass(frozen=True, slots=True)
class _Reader:
    circumstances: Circumstances
    grammar: Grammar

    def read(self, outline: Outline) -> Iterator[Task]:
        """Yield the duties: those of the items, and those in the running text before and after them."""
        everybody = self._everybody(outline)
        duties = [duty for item in outline.items for duty in self._duties(item, everybody, None)]
        duties = [duty for duty in duties if self._is_meant(duty, outline)]
        if duties and not any(duty.no or duty.is_named for duty in duties):
            # A list of dashes without numbers or names is one duty, for those the words before it ask.
            duties = []
            yield self._task(None, " ".join(outline.lead[-1:]), everybody, outline.items)
        else:
            yield from self._in_prose(outline.lead, with_items=bool(duties))
        yield from (self._task_of(duty, number) for duty, number in _numbered(duties))
        yield from self._in_prose(outline.closing, with_items=bool(duties))

    def _everybody(self, outline: Outline) -> tuple[str, ...]:
        """Whom the words before the items ask; "các đồng chí", "các đơn vị" are those the document is addressed to."""
        asked, addressed = self._asked(outline.lead[-1:]), self._addressed()
        means_addressed = addressed and all(self.grammar.whole("those addressed", name) for name in asked)
        return addressed if means_addressed else asked

    def _addressed(self) -> tuple[str, ...]:
        return self.circumstances.addressees if self.circumstances.type in ADDRESSED else ()

    def _asked(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Whom texts make responsible, wherever in a sentence."""
        found = (bodies for text in texts for bodies in (*charged(text, self.grammar), *leading(text, self.grammar)))
        return _each_once(name for bodies in found for name in bodies.names)

    def _heads(self, item: Item) -> tuple[str, ...]:
        named = heads(item.text, self.grammar)
        if named is None:
            return ()
        others = (name for bodies in heads_of_clauses(item.text, self.grammar) for name in bodies.names)
        return _each_once((*named.names, *others))

    def _duties(
        self, item: Item, inherited: tuple[str, ...], section: str | None, *, is_listed: bool = False
    ) -> Iterator[_Duty]:
        """Yield an item as a duty, or those below it when they are the ones that name somebody.

        `is_listed` says that it stands where a document lists who does what.
        """
        own = self._heads(item) or (self._headline(item) if is_listed else ())
        if item.level is Level.SECTION:
            yield from self._of_section(item, own, inherited)
        elif own or not self._is_handed_out_below(item):
            assignees = own or self._asked([item.text]) or self._heads_below(item)
            yield _Duty(item, item.no, section, assignees or inherited, is_named=bool(assignees))
        else:
            for below in item.below:
                for duty in self._duties(below, inherited, section):
                    yield _Duty(duty.item, _composed(item, duty), section, duty.assignees, duty.is_named)

    def _of_section(self, item: Item, own: tuple[str, ...], inherited: tuple[str, ...]) -> Iterator[_Duty]:
        """Yield the duties of a section or an article; of one that only tells, none."""
        if len(item.text) < _TITLE and self.grammar.at("no duties", _ABOUT.sub("", item.text)):
            return
        marked = [below for below in item.below if below.level is not Level.PLAIN]
        is_article = not item.no or item.no.isdecimal()
        if self._is_handed_out_below(item) or (not is_article and any(below.no for below in marked)):
            for below in marked:
                for duty in self._duties(below, own or inherited, item.no, is_listed=self._hands_out(item)):
                    yield _Duty(duty.item, duty.no, item.no, duty.assignees, duty.is_named or bool(own))
        elif assignees := own or self._asked([item.text]) or self._heads_below(item):
            yield _Duty(item, item.no, None, assignees, is_named=True)
        elif self.circumstances.type not in _TELLING:
            yield _Duty(item, item.no, None, inherited, is_named=False)

    def _headline(self, item: Item) -> tuple[str, ...]:
        """Who stands before an item's colon, though by a name that the grammar does not know."""
        begins = _HEADLINE.match(item.text)
        if begins is None or self.grammar.at("duty", item.text) or self.grammar.at("no duties", item.text):
            return ()
        return (begins[1],)

    def _is_handed_out_below(self, item: Item) -> bool:
        """Whether the items right below, rather than this one, say who is to do what."""
        marked = [below for below in item.below if below.level is not Level.PLAIN]
        counted = [below for below in marked if below.no] or (marked if item.level is Level.SECTION else [])
        return bool(counted) and 2 * sum(bool(self._heads(below)) for below in counted) >= len(counted)

    def _heads_below(self, item: Item) -> tuple[str, ...]:
        return _each_once(name for below in item.all_below() for name in self._heads(below))

    def _is_meant(self, duty: _Duty, outline: Outline) -> bool:
        """Whether it is a duty, rather than something told."""
        if duty.is_named:
            return not self._is_a_person(duty.item)
        if self.circumstances.type in _TELLING or any(self._hands_out(item) for item in outline.items):
            return False
        is_asked = self.grammar.at("duty", duty.item.text) is not None
        return self.circumstances.type in ADDRESSED or is_asked or bool(duty.assignees)

    def _hands_out(self, item: Item) -> bool:
        """Whether a section is the one in which a plan says who does what."""
        is_titled_so = item.level is Level.SECTION and self.grammar.at("duties", item.text) is not None
        return is_titled_so and any(self._heads(below) for below in item.below)

    def _is_a_person(self, item: Item) -> bool:
        """Whether an item only names a member: "1. Ông Nguyễn Văn A - Chủ tịch UBND huyện - Trưởng ban"."""
        named = heads(item.text, self.grammar) if self.grammar.at("person", item.text) else None
        return named is not None and not item.below and not item.text[named.end :].strip(" .;,")

    def _task_of(self, duty: _Duty, number: str | None) -> Task:
        return self._task(number, duty.item.text, duty.assignees, duty.item.below)

    def _task(self, no: str | None, text: str, assignees: tuple[str, ...], below: Sequence[Item]) -> Task:
        everything = [each for item in below for each in (item, *item.all_below())]
        named_below = _each_once(name for item in everything for name in self._heads(item))
        stated = (
            deadline
            for written in (text, *(item.text for item in everything))
            for deadline in deadlines(written, self.circumstances.issued, self.grammar)
        )
        return Task(
            no=no,
            text=text.rstrip(" :"),
            assignees=assignees,
            tiers=_each_once(tier for name in assignees for tier in tiers_of(name, self.grammar)),
            items=tuple(item.text for item in everything),
            deadlines=_each_once(stated),
            named_below=tuple(name for name in named_below if name not in assignees),
        )

    def _in_prose(self, paragraphs: Iterable[str], *, with_items: bool) -> Iterator[Task]:
        """Yield the duties in running text: whoever a sentence asks, with the sentences that follow.

        Beside items, only a sentence that says by when gives a duty; the others only lead to the items or sum them up.
        """
        for paragraph in paragraphs:
            if paragraph.endswith((";", ",")):
                # One ground of several on which the document is issued.
                continue
            for text, assignees in self._asking(paragraph):
                task = self._task(None, text, assignees, ())
                if task.deadlines or not (with_items or self._is_formal(text)):
                    yield task

    def _is_formal(self, text: str) -> bool:
        """Whether it only leads to what follows, or asks for no more than what was said."""
        return text.endswith(":") or self.grammar.search("formal", text[-_LAST_WORDS:]) is not None

    def _is_told(self, sentence: str) -> bool:
        """Whether it only tells when or where: "Thời gian tiêm: từ ngày 15/12 đến hết ngày 20/12"."""
        return _HEADLINE.match(sentence) is not None and self.grammar.at("no duties", sentence) is not None

    def _asking(self, paragraph: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield what is asked in a paragraph, and of whom."""
        asked: list[tuple[str, tuple[str, ...]]] = []
        for sentence in _SENTENCES.split(paragraph):
            named = heads(sentence, self.grammar)
            assignees = self._asked([sentence]) or (named.names if named else ())
            if assignees:
                asked.append((sentence, assignees))
            elif asked:
                asked[-1] = (f"{asked[-1][0]} {sentence}", asked[-1][1])
            elif self._is_told(sentence):
                continue
            elif deadlines(sentence, self.circumstances.issued, self.grammar):
                asked.append((sentence, self._addressed()))
        return iter(asked)


def _composed(item: Item, duty: _Duty) -> str | None:
    """The number of an item below another: "2.a" for "a)" below "2."; "2.1" counts by itself."""
    return f"{item.no}.{duty.no}" if duty.item.level is Level.LETTER and item.no else duty.no


def _numbered(duties: Sequence[_Duty]) -> Iterator[tuple[_Duty, str | None]]:
    """Yield each duty with its number; with its section's before it when a number alone would mean two of them."""
    often = Counter(duty.no for duty in duties if duty.no)
    ambiguous = any(times > 1 for times in often.values())
    for duty in duties:
        yield duty, f"{duty.section}.{duty.no}" if ambiguous and duty.no and duty.section else duty.no


def _each_once(things: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(things))
