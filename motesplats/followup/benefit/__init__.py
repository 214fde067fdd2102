"""What an effort costs and is worth, after NyttoSam: every assumption visible, what is unknown left open."""
