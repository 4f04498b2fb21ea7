"""What is lost without each number of tuning.py, halved and doubled, and without each rule, in the same evenings."""
