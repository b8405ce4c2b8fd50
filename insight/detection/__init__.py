"""The detector at work: on stored complaints of the past, and live on what comes in."""
