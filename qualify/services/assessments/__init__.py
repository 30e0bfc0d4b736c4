"""An assessment from its opening to its end: opened, amended, looked at, signed, published, appealed, expired."""
