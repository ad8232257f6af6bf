"""What a store raises when somebody asks for what is not there."""


class NotThere(LookupError):
    """Nothing has this number: a button grown too old, or a number somebody made up."""
