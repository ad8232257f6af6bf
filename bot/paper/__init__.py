"""Pages to print: one template each, filled with plain values and typeset as PDF."""
