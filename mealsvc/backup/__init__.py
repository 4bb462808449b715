"""Back everything up into one file, and bring it back, also from SQLite to PostgreSQL."""

from mealsvc.backup.layout import BackupSummary
from mealsvc.backup.restoring import restore_backup
from mealsvc.backup.writing import write_backup

__all__ = ["BackupSummary", "restore_backup", "write_backup"]
