"""Parts of ``bench/train_events.py``; needs ``pip install dateline[train]``."""
