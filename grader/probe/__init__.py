"""The probe: runs a student's program inside its own interpreter and tells what it does, changing nothing else."""
