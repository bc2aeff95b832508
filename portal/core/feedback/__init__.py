"""Readers' feedback: the forms under every page with a body, and the desk's list of what came in."""
