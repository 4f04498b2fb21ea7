"""What is installed, measured, decided and remembered: frozen values that all other packages use."""
