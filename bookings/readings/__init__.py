"""What the read log says about parties: to newcomers, and to the manager who checks."""
