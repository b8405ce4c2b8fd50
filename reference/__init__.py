"""The reference pack: validation, the prepared store, lookups, activation, and the maker of rehearsal consumers."""
