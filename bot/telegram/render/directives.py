"""How what is said about directives reads."""
