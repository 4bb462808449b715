"""How far it is: streets, travel times and coordinates. Knows points and seconds, no elders, no database."""
