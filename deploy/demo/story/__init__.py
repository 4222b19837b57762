"""The fictional story behind `deploy/demo/scenario.ndjson`: three lines, the press, and what happens beside them."""
