"""`python -m deploy.cli` is `puente`: how one Puente process starts another."""

from deploy.cli import main

main()
