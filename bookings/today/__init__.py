"""The start page of staff: today's meetings and coming days."""
