"""What crosses a process boundary: events, topics, reference rows, ClickHouse migrations, and the files published from them."""
