"""What ClickHouse tells: how much came in, how fast it was stored, and which nodes are busiest."""
