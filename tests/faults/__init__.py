"""What must not happen when things break, measured: `make faults`."""
