"""What the national secretariat follows: figures by month and site, never a person."""
