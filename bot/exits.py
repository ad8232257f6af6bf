"""What the command `tocovid` answers to the shell, the same for every subcommand."""

DONE = 0  #: What was asked for was done.
SOME_REFUSED = 1  #: Some rows were refused, or a step of the story was not seen.
WRONG_USE = 2  #: The command line, the configuration or the file cannot be used.
REFUSED_TO_START = 3  #: Nothing was done, because it must not be or cannot be now; or a file is no official document.
OUT_OF_MEMORY = 4  #: The bot ended because the machine gave it no more memory; started again, it goes on.
