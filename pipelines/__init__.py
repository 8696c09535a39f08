"""Kontaktpuls."""
