"""The first lines of the frozen program."""

import sys

from neocapgui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
