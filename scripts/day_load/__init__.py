"""A busy day against a service of its own: phones, consoles, kills, and what was kept of it all."""
