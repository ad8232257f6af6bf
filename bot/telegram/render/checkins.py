"""How what is said about checkins reads."""
