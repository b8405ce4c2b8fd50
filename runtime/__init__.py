"""What every process shares: settings, logs, metrics, health, clients and orderly shutdown. No domain words in here."""
