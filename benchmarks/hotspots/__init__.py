"""How well the detector finds what failed: simulated days at the size of Kanpur, scored against their truth."""
