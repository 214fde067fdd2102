"""What pages, forms and the API share: fields, problem details, address converters."""
