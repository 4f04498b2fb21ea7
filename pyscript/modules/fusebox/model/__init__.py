"""What is installed, seen, decided and remembered: frozen values, on the ground floor."""
