"""What a caller may read: records within their reach, as much of people as their role shows.

Every function takes the :class:`~mealsvc.access.Caller` that a permission gave, keeps to its
canteens, masks what its role does not show, and writes reads of personal data into the audit trail.
"""
