"""What the pages and the API of every app share: roles, forms, fields, requests, problem details, path converters."""
