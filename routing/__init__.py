"""Which trips to run: the optimiser. It knows integers and matrices, no elders and no maps."""
