"""Feeds and sitemaps: what a feed says of its entries, out of XML that cannot be trusted."""
