"""What packs other inputs: compressed streams, zip and tar archives, web archives."""
