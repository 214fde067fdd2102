"""The print queue: an agency's letters that wait to be posted, in one PDF with address pages that give nothing away."""
