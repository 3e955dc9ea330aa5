"""Browsers as the judges of what the program says: requests by chance, recorded by the browsers' own tools, with their own verdicts."""
