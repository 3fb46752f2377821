"""The desk without a window. Standard output belongs to whoever asked."""
