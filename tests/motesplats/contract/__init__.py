"""The API as clients outside meet it: by its OpenAPI document, over HTTP, at a running server."""
