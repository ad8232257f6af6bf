"""What is said about reports."""
