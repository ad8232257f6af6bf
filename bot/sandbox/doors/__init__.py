"""Ways in over HTTP: for bots, for people at the page, for programs that play people."""
