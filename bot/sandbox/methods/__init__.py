"""What bots can call: the table of methods, and what each does."""
