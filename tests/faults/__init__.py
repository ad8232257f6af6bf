"""What the machine may do to us: programs that play it, each with a control that must fail."""
