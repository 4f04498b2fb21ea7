"""The benchmark of houses: its prophet and its peers do what is said of them."""
