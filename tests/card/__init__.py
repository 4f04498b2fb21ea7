"""The card in card/: the file that is shipped is what its sources give."""
