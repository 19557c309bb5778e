from __future__ import annotations

import re

import pytest

from dateline.cli.demo import read_samples


def test_demo_codes_every_sample_and_its_next_steps_work(run, tmp_path):
    result = run("demo")
    assert result.exit_code == 0
    assert (tmp_path / "dateline-demo.db").exists()
    assert f"Coded {len(list(read_samples()))} reports" in result.stderr
    steps = re.findall(r"^  dateline (.*--store dateline-demo\.db)$", result.stdout, re.M)
    assert steps
    for step in steps:
        assert run(*step.split()).exit_code == 0


def test_doctor_is_well_with_a_sound_installation(run, reports):
    run("ingest", reports)
    result = run("doctor")
    assert result.exit_code == 0
    assert "stand-in 1" in result.stdout
    assert "3 reports" in result.stdout
    assert result.stdout.endswith("dateline can work.\n")


def test_doctor_tells_how_to_make_a_store(run):
    result = run("doctor", "--store", "new.db")
    assert result.exit_code == 0
    assert "mend: dateline ingest" in result.stdout


@pytest.mark.parametrize(
    ("breakage", "told"),
    [
        ("model", "the model is missing; pip install it"),
        ("store", "is not a dateline store"),
    ],
)
def test_doctor_ends_with_1_when_something_is_broken(run, monkeypatch, tmp_path, breakage, told):
    from dateline.errors import ModelError

    if breakage == "model":

        def load(coding):
            raise ModelError("the model is missing; pip install it")

        monkeypatch.setattr("dateline.cli.coding.load_coder", load)
    else:
        (tmp_path / "dateline.db").write_text("this is no database, but it is long enough to be read as one. " * 40)
    result = run("doctor")
    assert result.exit_code == 1
    assert told in result.stdout
    assert "1 fault to mend." in result.stdout
