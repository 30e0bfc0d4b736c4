"""The tests: one module beside each module of the project."""
