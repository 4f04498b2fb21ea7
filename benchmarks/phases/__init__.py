"""One phase or three: evenings and days of a car whose charger can switch, compared with other controllers."""
