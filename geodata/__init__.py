"""How far it is: streets, times and coordinates. It knows points and seconds, no elders."""
