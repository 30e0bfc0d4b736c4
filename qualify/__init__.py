"""Qualify's domain and its storage: standards, dialogue, scoring, results. It knows no Telegram."""
