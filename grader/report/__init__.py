"""What the grader says: one model, and one module for each way of saying it."""
