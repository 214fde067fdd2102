"""Signing in with password and second factor or at an agency's identity provider; one's own factors."""
