"""The ClickHouse side of the contract: numbered migrations, and what the sink writes into each table."""
