"""Plans on paper: route sheets, kitchen counts, spreadsheets."""
