"""Slow work for which no story may wait: files that are fetched and read, and files that are made."""
