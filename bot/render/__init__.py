"""Screens: from what the services return to HTML and keyboards. Nothing is sent here."""
