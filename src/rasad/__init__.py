"""rasad: an analysis desk for people who write about the politics of a region."""

from importlib.metadata import version

__version__ = version("rasad")
