"""Why an order is left out or late, what would help, and what more means are worth."""
