"""Opening a shift: who takes the drawer over, and with how much change."""
