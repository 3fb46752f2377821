"""Questions over several concepts, and the one command that freezes an answer: closing a shift with its Z report."""
