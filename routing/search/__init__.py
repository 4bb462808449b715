"""Neighbourhood search: good plans quickly, better ones as long as there is time."""
