"""The staff's pages: each view is a few lines round one verb or one named read."""
