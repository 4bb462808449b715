"""Elderly meal delivery: from rosters and streets to a proven-good plan for tomorrow's service.

Data flows one way: ``roster`` → ``demand`` → ``planning`` → ``sheets``.
"""

__version__ = "0.1.0"
