"""The office desk: what people and programs read and change, as far as they may.

Every function takes the :class:`~mealsvc.access.Caller` that a permission gave, keeps to its
canteens, masks what its role does not show, and writes reads of personal data and exports into the
audit trail. The API calls these functions and nothing else of the records.
"""
