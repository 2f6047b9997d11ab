"""The same records for other programs: data files, a calendar, a bibliography, an overview of each edition."""
