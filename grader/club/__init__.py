"""A club: its hand-ins are sent, collected, graded one by one, kept in one folder and shown as a board and tables."""
