"""The charts on screen; the only place that knows pyqtgraph."""
