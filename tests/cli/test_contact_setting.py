"""The address that hosts may write to: set once, or given by the watch list, which goes first."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("listed", "told"), [("", "desk@ledger.example"), ('contact = "feeds@ledger.example"', "feeds@ledger.example")]
)
def test_watch_tells_hosts_the_contact(run, tmp_path, monkeypatch, listed, told):
    class Asked(Exception):  # noqa: N818
        pass

    def make_fetcher(contact, captures, sleep):
        raise Asked(contact)

    monkeypatch.setenv("DATELINE_CONTACT", "desk@ledger.example")
    monkeypatch.setattr("dateline.cli.watch.make_fetcher", make_fetcher)
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[watch]\n{listed}\n[[feed]]\nurl = "https://ledger.example/feed"\n')
    result = run("watch", feeds, "--store", "news.db", "--once")
    assert isinstance(result.exception, Asked)
    assert result.exception.args == (told,)
