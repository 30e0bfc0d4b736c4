"""Runs the command line: `python -m qualify`."""

from qualify.cli import main

if __name__ == "__main__":
    main()
