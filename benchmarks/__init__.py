"""Programs that run ours and the peer in one process run, compare answers and print the ratio."""
