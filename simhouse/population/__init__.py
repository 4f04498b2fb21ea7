"""Random homes: a seed gives a CONFIG, its house, and an hour of its people, cars and meter."""
