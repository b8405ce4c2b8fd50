"""What crosses a process boundary: events, topics, reference rows, ClickHouse migrations, published files."""
