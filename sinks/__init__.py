"""Kafka to ClickHouse: batches, intents, inserts, error classes, migrations."""
