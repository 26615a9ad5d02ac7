"""What was seen while a submission ran, as plain data: facts, the transcript, the questions one can ask it."""
