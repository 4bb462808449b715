"""Lower bounds: what no plan can cost less than."""
