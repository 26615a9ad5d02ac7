"""A club's hand-ins: sent, collected, graded, shown."""
