"""A desktop editor for the capitalization tables of a group of companies."""

import sys as _sys

__version__ = "0.1.0"

# `python -m neocapgui` puts the working folder at the head of the places of modules. A file in it that is
# called like a module of Python or of Qt would be run as one, so it is taken off before anything is loaded.
if _sys.argv[:1] == ["-m"] and not _sys.flags.safe_path:
    del _sys.path[0]
