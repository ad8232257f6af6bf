"""An office's own form, filled with the figures of a day."""
