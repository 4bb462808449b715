"""What goes over the wire, one module per audience; nothing else is ever sent."""
