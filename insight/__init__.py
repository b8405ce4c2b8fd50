"""What ClickHouse tells: how much came in and was stored, what was refused, and which nodes are busiest."""
