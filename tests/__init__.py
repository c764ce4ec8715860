"""What the package promises, one file a feature; a test that needs the service talks to a real server."""
