"""Which trips to run: the optimiser. Knows integers and matrices, no elders, no maps, no database."""
