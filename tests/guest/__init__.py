"""How the package behaves in somebody's process: each test runs a program of its own against a real server."""
