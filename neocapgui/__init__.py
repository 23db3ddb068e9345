"""A desktop editor for the capitalization tables of a group of companies."""

import os as _os
import sys as _sys

__version__ = "0.1.0"

# `python -m neocapgui` puts the working folder at the head of the places of modules. A file in it that is
# called like a module of Python or of Qt would be run as one, so it is taken off before anything is loaded.
if _sys.argv[:1] == ["-m"] and _sys.path and _os.path.realpath(_sys.path[0]) == _os.path.realpath(_os.curdir):
    del _sys.path[0]
