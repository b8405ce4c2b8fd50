"""What ClickHouse tells: which nodes are dark, how much came in and was stored, and what was refused."""
