"""What enrichment costs a complaint, and what it gets right."""
