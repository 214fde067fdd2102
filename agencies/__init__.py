"""Agencies, sites and staff; rosters; secrecy, the read log and what every app's pages and API share."""
