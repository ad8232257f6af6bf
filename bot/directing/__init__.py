"""Slow work for directives: documents that are read into tasks, and the spreadsheet of who has done which."""
