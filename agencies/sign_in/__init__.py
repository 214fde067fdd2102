"""Sign-in with password and second factor or at an agency's identity provider; pages for one's own factors."""
