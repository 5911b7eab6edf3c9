"""The demonstration: the whole way on this machine alone."""
