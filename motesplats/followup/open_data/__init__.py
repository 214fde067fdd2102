"""The published figures for everybody: files with stable columns, a dictionary, and a catalogue that machines read."""
