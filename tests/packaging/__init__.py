"""The frozen program and its installers: what can be told of them without building."""
