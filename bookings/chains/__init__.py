"""Book, move and cancel a chain; check a party in at a desk."""
