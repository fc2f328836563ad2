"""Keystone, with a 500 for exceptions that it leaves unhandled: uWSGI's router sends no answer then."""
import logging

from keystone.server.wsgi import initialize_public_application

keystone = initialize_public_application()


def application(environ, start_response):
    try:
        return keystone(environ, start_response)
    except Exception:
        logging.getLogger("keystone").exception("unhandled")
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"Internal Server Error"]
