"""The notebook in full as one report: what the table holds, what the classifiers make of it, and what to conclude."""
