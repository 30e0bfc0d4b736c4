"""Qualify on Telegram: updates in, screens out, the scheduler and the sandbox."""
