"""Types, modes and codes: every event has a CAMEO code of three digits or more, and a score whose scale is named."""

from __future__ import annotations

import pytest

from dateline.errors import RuleError
from dateline.events import ontology as module
from dateline.events.ontology import cameo_types, code_of, ontology
from dateline.events.rules import rulebook

TYPES = ontology().type
MODES = [(name, mode) for name, entry in TYPES.items() for mode in ("", *entry.modes)]
# docs/codebook: the sixteen types and their modes in PLOVER's manual.
MODES_OF = {
    "AGREE": "", "CONSULT": "visit third-party multilateral phone", "SUPPORT": "", "CONCEDE": "", "COOPERATE": "", "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign", "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege", "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize", "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}  # fmt: skip


def test_types_and_modes_are_those_of_the_manual() -> None:
    assert {name: set(entry.modes) for name, entry in TYPES.items()} == {
        name: set(modes.split()) for name, modes in MODES_OF.items()
    }


@pytest.mark.parametrize(("event_type", "mode"), MODES, ids="/".join)
def test_every_type_and_mode_has_a_code_of_its_own_with_three_digits_or_more(event_type: str, mode: str) -> None:
    coding = code_of(event_type, (mode,) if mode else ())
    assert len(coding.cameo) in {3, 4}
    assert event_type in cameo_types()[coding.cameo]


@pytest.mark.parametrize("event_type", TYPES)
def test_a_type_without_a_mode_has_a_general_code(event_type: str) -> None:
    code = code_of(event_type, ()).cameo
    assert code.endswith("0") or code == "084", f"{event_type} has {code}, which says more than its root does"


def test_codes_that_only_the_last_edition_of_cameo_has() -> None:
    assert code_of("COERCE", ("cyber",)).cameo == "176"
    assert code_of("ASSAULT", ("drone",)).cameo == "1952"


def test_codes_that_a_frame_names_stand_for_the_type_of_the_frame() -> None:
    wrong = [
        (frame.id, frame.type, frame.cameo)
        for frame in rulebook().frames
        if frame.cameo is not None and frame.type not in cameo_types().get(frame.cameo, ())
    ]
    assert not wrong


def test_codes_are_strings_with_their_zero_and_types_are_known() -> None:
    codes = cameo_types()
    assert {"010", "0256", "030", "1712", "2042"} <= codes.keys()
    assert all(code.isdigit() and len(code) in {3, 4} and 1 <= int(code[:2]) <= 20 for code in codes)
    assert set().union(*codes.values()) == TYPES.keys()
    assert not [code for code, types in codes.items() if types and code[:2] in {"01", "02"}]


def test_scale_and_versions_are_named() -> None:
    assert ontology().score_scale == "plover-2024"
    assert "PLOVER" in ontology().version
    assert "CAMEO 1.1b3" in ontology().version
    assert {code_of(name, ()).scale for name in TYPES} == {"plover-2024"}


@pytest.mark.parametrize(("event_type", "mode"), MODES, ids="/".join)
def test_scores_are_on_the_scale_and_their_sign_is_that_of_the_quad_class(event_type: str, mode: str) -> None:
    coding = code_of(event_type, (mode,) if mode else ())
    assert -10 <= coding.score <= 10
    if coding.quad.endswith("cooperation"):
        assert coding.score > 0
    else:
        assert coding.score <= 0.5  # a request for help is the mildest: 0.5
    assert event_type != "ACCUSE" or coding.score <= -2  # the manual prints +3 for the type alone


def test_the_first_mode_decides_and_a_code_of_a_frame_goes_before() -> None:
    both = code_of("COERCE", ("arrest", "seize"))
    assert (both.cameo, both.score) == ("173", -7)
    assert code_of("AID", (), "072").cameo == "072"


@pytest.mark.parametrize("code", ["999", "17", "130", ""])
def test_a_code_that_is_not_of_the_type_is_refused(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    good = ontology()
    arrest = good.type["COERCE"].model_copy(update={"cameo": code})
    bad = good.model_copy(update={"type": {**good.type, "COERCE": arrest}})
    monkeypatch.setattr(module, "read_toml", lambda *_: bad)
    with pytest.raises(RuleError, match="CAMEO code"):
        module.ontology.__wrapped__()
