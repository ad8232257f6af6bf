"""What is said about check-ins."""
