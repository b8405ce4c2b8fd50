"""How long a pack of a city takes to check and prepare, and what a worker pays to have it at hand."""
