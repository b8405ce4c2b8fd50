"""How complaints get in: the confirmed publisher and the simulator."""
