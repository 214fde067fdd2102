"""Text blocks: what letter, information sheet, newcomer's page and staff pages say, and to whom."""
