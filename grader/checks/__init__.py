"""What is concluded from a transcript: pure functions, one verdict for each line of the rubric."""
