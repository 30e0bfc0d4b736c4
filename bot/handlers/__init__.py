"""What each update does. Thin: decode, call one service, draw, send."""
