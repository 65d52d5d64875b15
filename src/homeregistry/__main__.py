"""`python -m homeregistry` is the command line."""

from homeregistry.cli import main

if __name__ == "__main__":
    main()
