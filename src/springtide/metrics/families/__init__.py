"""One file a family of metrics. Each defines ``METRICS``; the registry finds the file by itself."""
