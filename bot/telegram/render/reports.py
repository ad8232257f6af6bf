"""How what is said about reports reads."""
