"""The HTTP service: says what mealsvc did, decides nothing."""
