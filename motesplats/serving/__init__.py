"""How gunicorn serves: its settings, and a worker whose threads only get requests that have come whole."""
