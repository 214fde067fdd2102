"""The database's own catalogue is asked what stands behind walls."""
