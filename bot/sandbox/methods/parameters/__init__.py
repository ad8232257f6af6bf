"""The parameters of every method, as typed values. A field without a default is required."""
