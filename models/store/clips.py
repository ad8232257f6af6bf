"""Every question about recorded clips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Clip, Person
from models.rules.clips import Prompt
from models.store.missing import NotThere


class Clips:
    """What prompts sound like."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, clip_id: int) -> Clip:
        """The clip. Raises NotThere when there is none."""
        found = self._session.get(Clip, clip_id)
        if found is None:
            raise NotThere(f"no clip {clip_id}")
        return found

    def all(self) -> Sequence[Clip]:
        """Every clip, by prompt and language."""
        return self._session.scalars(select(Clip).order_by(Clip.prompt, Clip.language)).all()

    def files(self, prompt: Prompt) -> Mapping[str, str]:
        """Language → the sound of this prompt in it."""
        rows = self._session.execute(select(Clip.language, Clip.file_id).where(Clip.prompt == prompt))
        return dict(rows.all())

    def languages(self) -> Sequence[str]:
        """The languages in which anything can be heard."""
        return self._session.scalars(select(Clip.language).distinct().order_by(Clip.language)).all()

    def keep(self, prompt: Prompt, language: str, file_id: str, by: Person, now: datetime) -> Clip:
        """Let this be heard with the prompt in that language, in place of any earlier clip."""
        clip = self._session.scalar(select(Clip).where(Clip.prompt == prompt, Clip.language == language))
        if clip is None:
            clip = Clip(prompt=prompt, language=language)
            self._session.add(clip)
        clip.file_id, clip.by_id, clip.at = file_id, by.id, now
        self._session.flush()
        return clip
