"""What a private message means: an open question's answer, words about a report, or a new report."""
