"""What the steering group has decided and who does it until when, and who has visited which site."""
