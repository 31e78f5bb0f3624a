"""The command line: parse the request, call one function below, show its typed result."""
