"""Orders of interpreters: asked for, confirmed or declined, asked of the next in rank, cancelled, complained of."""
