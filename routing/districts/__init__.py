"""Independent groups of canteens, shared out among workers within one budget."""
