"""Qualify's domain and its storage: standards, dialogue, scoring, results. It knows no Telegram."""

__version__ = "0.1.0"
