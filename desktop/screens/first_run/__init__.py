"""The first start of a real club: five steps, kept as one goes, each with a view of what it will look like."""
