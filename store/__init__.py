"""The corpus: from source files to a SQLite store that explains itself."""
