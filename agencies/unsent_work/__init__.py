"""Forms that could not be received because the session had ended; kept until the same user has signed in again."""
