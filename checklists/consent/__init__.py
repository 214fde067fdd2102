"""Consent: the questions, recording each adult's answers, and the disclosures that follow from them."""
