"""The whole pipeline as its users run it: the command, real Kafka, real ClickHouse."""
