"""What is done to a student's programs, as data."""
