"""The pictures of the analyst guide: a simulated night, the guide's own queries, and what they show."""
