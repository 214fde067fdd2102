"""The national secretariat's figures by month and site; they name no person."""
