"""Mail that comes back to us: reports of what became of ours, and what people answer to it."""
