"""What every table shares: the declarative base and how instants and words are stored."""

from __future__ import annotations

import enum
from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC; SQLite, which knows no zones, keeps it naive.

    Raises ValueError when a naive datetime is stored: a local time without its zone is a lie.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone; use an aware datetime.")
        # Already in UTC, as nearly all are, it stays the same object; SQLite's own writing leaves the zone out.
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: SQLite numbers rows only in a column that is exactly INTEGER; PostgreSQL wants 64 bits.
RowId = BigInteger().with_variant(Integer, "sqlite")


class Record(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: Instant,
        enum.StrEnum: Enum(
            enum.StrEnum,
            native_enum=False,
            length=24,
            values_callable=lambda members: [member.value for member in members],
        ),
        str: String,
    }
