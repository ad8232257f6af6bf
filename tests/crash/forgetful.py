"""The control: the library's own way of receiving, which confirms an update before anything has come of it."""

from __future__ import annotations

import asyncio
import sqlite3
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

#: Seconds that handling a message takes, as a story with its commit may.
WORK = 0.02


def main() -> None:
    """Write down every message in a file that survives a power cut, one commit each, until killed."""
    server, token, file = sys.argv[1:]
    kept = sqlite3.connect(file, isolation_level=None)
    kept.execute("PRAGMA journal_mode=WAL")
    kept.execute("PRAGMA synchronous=FULL")
    kept.execute("CREATE TABLE IF NOT EXISTS heard (words TEXT)")

    async def hear(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        await asyncio.sleep(WORK)
        assert update.message
        kept.execute("INSERT INTO heard VALUES (?)", (update.message.text,))

    application = Application.builder().token(token).base_url(f"{server}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, hear))
    application.run_polling()


if __name__ == "__main__":
    main()
