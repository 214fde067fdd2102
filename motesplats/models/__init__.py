"""Tables of the followup: what was calculated of an effort's worth."""

from motesplats.models.calculations import Calculation

__all__ = ["Calculation"]
