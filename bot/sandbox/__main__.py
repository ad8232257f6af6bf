"""`python -m bot.sandbox`."""

from bot.sandbox.process import main

main()
