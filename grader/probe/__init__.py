"""The probe: runs a student's program inside its own interpreter and records what it does, changing nothing else."""
