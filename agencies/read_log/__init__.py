"""The read log: who was shown is noted while reading, written before the response is sent, checked by managers."""
