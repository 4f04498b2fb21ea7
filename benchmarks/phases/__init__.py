"""One phase or three: evenings and days of a car whose box can switch, beside the laws of others."""
