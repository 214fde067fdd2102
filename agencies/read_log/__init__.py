"""Who has read about whom: noted while reading, written before the answer leaves, checked by managers."""
