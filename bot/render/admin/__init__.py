"""Draws the administrator's screens: the menu behind /admin and everything that it leads to."""
