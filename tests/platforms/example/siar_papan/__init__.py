"""An example platform: a bulletin board that takes notices over HTTP."""
