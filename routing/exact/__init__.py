"""The exact answer for small groups: all worthwhile trips, and the best choice among them."""
