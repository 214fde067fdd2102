"""What people answer to a text message or an e-mail: whose it is, what it says, taken as the answer of the link."""
