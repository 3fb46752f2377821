"""One folder for each screen: a view-model that knows, a view that shows. Screens do not know each other."""
