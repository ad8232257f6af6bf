"""Lists of units, people and households become records: idempotent, row by row, beside a running bot."""
