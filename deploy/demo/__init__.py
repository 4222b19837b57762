"""The demonstration: what it publishes, and the fictional story that it publishes."""
