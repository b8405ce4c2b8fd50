"""The command `complaints`: parses, calls one function of a stage, prints."""
