"""ClickHouse's users, roles and passwords for every kind of deployment."""
