"""Distances on the ground, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

EARTH = 6371.0  # km


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres between two places, each a latitude and a longitude in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = (map(radians, place) for place in (here, there))
    arc = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(sqrt(arc))
