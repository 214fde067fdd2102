"""Agreements with suppliers: their terms by date, and what an order under them costs."""
