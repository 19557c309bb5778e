"""Feeds watched: polled politely, their articles fetched, looked at again for corrections, and noticed when taken back.

watcher = Watcher(read_watch_list(Path("feeds.toml")), memory, fetcher, …)
for batch in watcher.run():
    write(code(batch.items))                 # first what was read,
    memory.save(batch.feeds, batch.entries)  # then that it was: a kill in between loses nothing
"""

from .state import EntryState, FeedState, Memory
from .watch_list import WatchList, read_watch_list
from .watcher import Batch, StoppedError, Watcher

__all__ = ["Batch", "EntryState", "FeedState", "Memory", "StoppedError", "WatchList", "Watcher", "read_watch_list"]
