"""What is said about directives."""
