"""The people: what they see and what they do."""
