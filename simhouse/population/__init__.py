"""Random homes: a seed gives a CONFIG, the house it describes, and what its people, cars and meter do for an hour."""
