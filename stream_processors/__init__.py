"""Raw events in, enriched and routed events out: the Faust worker, its transport, and the pure enrichment."""
