"""What is lost without each number of tuning.py: every one halved and doubled, in the same evenings."""
