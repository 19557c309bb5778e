"""What operators make of the acts inside them: every row of the composition table, by verb, noun or adjective."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.events.ontology import CompositionFile, composition
from dateline.rulefiles import read_toml

pytestmark = pytest.mark.model

Told = Callable[[str], list[str]]

INTENTION = [
    ("Norway promised to send doctors to Haiti.", "NOR > AGREE > HTI"),
    ("Norway's promise to train Ukrainian soldiers stands.", "NOR > AGREE > UKR"),
    ("Norway will send doctors to Haiti.", "NOR > AGREE > HTI"),
    ("India is ready to meet Pakistan.", "IND > AGREE > PAK"),
    ("India is set to recognise Kosovo.", "IND > AGREE > KOS"),
    ("Japan offered to mediate between Iran and Israel.", "JPN > AGREE > IRN+ISR"),
    ("Israel agreed to release Lebanese prisoners.", "ISR > AGREE > LBN"),
    ("Canada announced the withdrawal of its soldiers from Mali.", "CAN > CONCEDE > MLI"),
    ("China threatened to suspend aid to Cambodia.", "CHN > THREATEN/relations > KHM"),
    ("Hungary plans to expel two Ukrainian diplomats.", "HUN > THREATEN/expel > UKR"),
    ("Iran vowed to attack Israel.", "IRN > THREATEN/violence > ISR"),
    ("Turkey will arrest the Dutch journalist.", "TUR > THREATEN/arrest > NLD"),
    ("Canada offered to deploy soldiers in Uganda.", "CAN > AGREE > UGA"),
]
DEMAND = [
    ("France urged Mali to hold talks with the rebels.", "FRA > REQUEST/meet > MLI"),
    ("Lebanon asked France to send doctors.", "LBN > REQUEST/assist > FRA"),
    ("Brazil called on Nicaragua to free the bishop.", "BRA > REQUEST/yield > NIC"),
    ("Brazil demanded that Nicaragua free the bishop.", "BRA > REQUEST/yield > NIC"),
    ("Chile urged Bolivia not to attack Peru.", "CHL > REQUEST/yield > BOL"),
    ("Ukraine urged Germany to impose sanctions on Russia.", "UKR > REQUEST/change > DEU"),
    ("Estonia called for sanctions against Belarus.", "EST > ACCUSE/disapprove > BLR"),
    ("Georgia demanded an investigation of the Russian army.", "GEO > REQUEST/change > -"),
    ("Georgia urged Spain to investigate the Russian army.", "GEO > REQUEST/change > ESP"),
    ("Brazil called on the Peruvian president to resign.", "BRA > REQUEST/change > PER"),
    ("Brazil demanded the withdrawal of the Peruvian soldiers.", "BRA > REQUEST/yield > PER"),
    ("Ukraine and Russia called for an end to their war.", "UKR+RUS > AGREE > -"),
    ("Serbia called for a truce with Albania.", "SRB > AGREE > ALB"),
    ("Egypt called for an end to the war between Sudan and Chad.", "EGY > REQUEST/yield > SDN+TCD"),
    ("Egypt demanded that Sudan end its war with Chad.", "EGY > REQUEST/yield > SDN"),
    ("Armenia wants a meeting with Azerbaijan.", "ARM > REQUEST/meet > AZE"),
    ("The Turkish president said Gabon should send grain to Mali.", "TUR > REQUEST/assist > GAB"),
    ("The Turkish president said Gabon should explain its vote.", "TUR > REQUEST > GAB"),
    ("Egypt must withdraw its troops from Libya, the Turkish president said.", "TUR > REQUEST/yield > EGY"),
    ("The Kenyan president said Somalia must protect the fishermen.", "KEN > REQUEST/assist > SOM"),
]
FORESIGHT = [
    ("Rwandan troops are expected to enter Congo.", "future RWA > MOBILIZE/troops > COD"),
    ("Iran is likely to attack Israel.", "future IRN > ASSAULT > ISR"),
    ("The Indian minister is expected to visit Nepal.", "IND > AGREE > NPL"),
    ("India expects to attack Nepal.", "IND > THREATEN/violence > NPL"),
]
THREATS = [
    ("Turkey threatens aid to Somalia.", "TUR > THREATEN/relations > SOM"),
    ("Turkey threatened to arrest the Somali envoy.", "TUR > THREATEN/arrest > SOM"),
    ("The Somali premier threatened to resign.", "SOM > THREATEN > -"),
    ("The German train drivers' union said its members would strike on Monday.", "DEU > THREATEN > -"),
]
REFUSAL = [
    ("The Peruvian president refused to resign.", "PER > REJECT/change > -"),
    ("Iran refused to meet the French minister.", "IRN > REJECT/meet > FRA"),
    ("Iran's refusal to meet the French minister surprised diplomats.", "IRN > REJECT/meet > FRA"),
    ("Poland refused to help Germany.", "POL > REJECT/assist > DEU"),
    ("Eritrea refused to release the Ethiopian prisoners.", "ERI > REJECT/yield > ETH"),
    ("Israel rejected a call by Spain to free the prisoners.", "ISR > REJECT/yield > ESP"),
    ("Israel rejected a request by Spain for talks.", "ISR > REJECT/meet > ESP"),
    ("Rwanda rejected a request by Uganda for aid.", "RWA > REJECT/assist > UGA"),
    ("Algeria rejected the sanctions imposed by Morocco.", "DZA > REJECT > MAR"),
    ("Britain has not ruled out strikes against Syria.", "GBR > THREATEN/violence > SYR"),
    ("Iran will not meet the French minister.", "IRN > REJECT/meet > FRA"),
    ("Eritrea will not release the Ethiopian prisoners.", "ERI > REJECT/yield > ETH"),
]
NOT_WILLING = [
    ("Iraq has no plans to meet Turkish officials.", "IRQ > REJECT/meet > TUR"),
    ("Iraq does not plan to meet Turkish officials.", "IRQ > REJECT/meet > TUR"),
    ("Chad has no intention of withdrawing its troops from Niger.", "TCD > REJECT/yield > NER"),
    ("Hungary is reluctant to send doctors to Ukraine.", "HUN > REJECT/assist > UKR"),
    ("Hungary will no longer cooperate with France.", "HUN > REJECT/assist > FRA"),
    ("Hungary pledged not to attack Austria.", "HUN > AGREE > AUT"),
    ("The United States wants Iran to free the British sailors.", "USA > REQUEST/yield > IRN"),
    ("The United States is pushing for Iran to free the British sailors.", "USA > REQUEST/yield > IRN"),
]
STOPPING = [
    ("Burundi cancelled a meeting with Rwanda.", "BDI > REJECT/meet > RWA"),
    ("Denmark stopped training Iraqi soldiers.", "DNK > SANCTION/discontinue > IRQ"),
    ("Turkey stopped shelling Syria.", "TUR > RETREAT/ceasefire > SYR"),
    ("Turkey lifted sanctions on Armenia.", "TUR > CONCEDE > ARM"),
    ("Thailand withdrew its threat to expel the Cambodian ambassador.", "THA > CONCEDE > KHM"),
]
ALLOWING = [
    ("Jordan allowed Germany to send doctors to Syria.", "JOR > RETREAT/access > DEU"),
    ("Jordan allowed Germany to recognise Kosovo.", "JOR > AGREE > DEU"),
    ("Jordan did not allow Germany to send doctors to Syria.", "JOR > REJECT/assist > DEU"),
]
SPEECH = [
    ("Rwanda accused Congo of shelling a village.", "RWA > ACCUSE/allege > COD"),
    ("Rwanda's accusations against Congo continued.", "RWA > ACCUSE/allege > COD"),
    ("Dutch police are investigating the Russian embassy.", "NLD > ACCUSE/investigate > RUS"),
    ("Japan praised India for sending vaccines to Nepal.", "JPN > SUPPORT > IND"),
    ("Ireland condemned Israel for shelling Lebanon.", "IRL > ACCUSE/disapprove > ISR"),
    ("Japan supports Malaysia's call for a truce in Myanmar.", "JPN > SUPPORT > MYS"),
]
TRYING = [
    ("Iranian agents tried to kill the Saudi ambassador.", "hypothetical IRN > ASSAULT > SAU"),
    ("Egypt resumed talks with Ethiopia.", "EGY > CONSULT > ETH"),
    ("Kyrgyzstan received aid from Japan.", "JPN > AID > KGZ"),
    ("Hungary faced criticism from France.", "FRA > ACCUSE/disapprove > HUN"),
    ("Romania pledged its support for Moldova.", "ROU > SUPPORT > MDA"),
]
NESTED = [
    ("Oman said it had promised to lift sanctions on Yemen.", "OMN > AGREE > YEM"),
    ("Chile rejected Bolivia's offer to hold talks.", "CHL > REJECT/assist > BOL"),
    ("Serbia refused to lift the blockade of Kosovo.", "SRB > REJECT/yield > KOS"),
    ("Spain urged Cuba to stop arresting journalists.", "ESP > REQUEST/yield > CUB"),
    ("Russia threatened to halt grain exports to Turkey.", "RUS > THREATEN/relations > TUR"),
]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        *INTENTION,
        *FORESIGHT,
        *THREATS,
        *DEMAND,
        *REFUSAL,
        *NOT_WILLING,
        *STOPPING,
        *ALLOWING,
        *SPEECH,
        *TRYING,
        *NESTED,
    ],
    ids=lambda each: each[:60],
)
def test_operator_gives_the_event_of_the_table(told: Told, text: str, line: str) -> None:
    assert line in told(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Rwanda accused Congo of shelling a village.", "COD > ASSAULT"),
        ("Brazil called on Nicaragua to free the bishop.", "RETREAT"),
        ("China threatened to suspend aid to Cambodia.", "SANCTION"),
        ("Norway promised to send doctors to Haiti.", "AID"),
        ("Iran refused to meet the French minister.", "CONSULT"),
        ("Dutch police are investigating killings by the Syrian army.", "ASSAULT"),
    ],
)  # fmt: skip
def test_act_inside_an_operator_is_no_event_of_its_own(told: Told, text: str, line: str) -> None:
    assert not [each for each in told(text) if line in each]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ireland condemned the Israeli shelling of Lebanon.", "ISR > ASSAULT"),
        ("Japan praised India for sending vaccines to Nepal.", "IND > AID > NPL"),
    ],
)  # fmt: skip
def test_words_of_praise_and_blame_presuppose_the_act(told: Told, text: str, line: str) -> None:
    assert [each for each in told(text) if line in each]


def test_every_row_of_the_table_is_the_answer_for_what_it_names() -> None:
    shadowed = []
    for row in read_toml("ontology/composition.toml", CompositionFile).compose:
        for name in row.on:
            act_type, _, mode = name.partition("/")
            if act_type != "*" and composition(row.operator, act_type, (mode,) if mode else ()) != row:
                shadowed.append((row.operator, name))
    assert not shadowed


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Serbia reopened its border with Kosovo.", ["SRB > CONCEDE > KOS"]),
        ("Serbia and Kosovo reopened their border.", ["SRB+KOS > COOPERATE > -"]),
        ("Ethiopia opened its borders to Somali refugees.", ["ETH > RETREAT/access > SOM"]),
        ("Armenia exchanged prisoners with Azerbaijan.", ["ARM > RETREAT/release > AZE"]),
        ("A Kenyan court ordered the release of the Somali editor.", ["KEN > CONCEDE > SOM"]),
        ("Kenya freed the Somali editor.", ["KEN > RETREAT/release > SOM"]),
        ("Morocco severed ties with Iran.", ["MAR > SANCTION/discontinue > IRN"]),
        ("The Serbian general was found guilty.", ["- > SANCTION/convict > SRB"]),
        ("The Serbian general was found not guilty.", ["- > CONCEDE > SRB"]),
        ("The Hungarian premier attacked the Polish judges in a speech.", ["HUN > ACCUSE/disapprove > POL"]),
        ("Albania protested to Greece.", ["ALB > ACCUSE/disapprove > GRC"]),
        ("The French minister declined to comment on the Israeli report.", []),
        ("A gas explosion killed six people in Istanbul.", []),
        ("Poland asked whether Malta would free the sailors.", ["hypothetical MLT > RETREAT/release > MLT"]),
        ("Belarus walked out of talks with Poland.", ["BLR > SANCTION/withdraw > POL"]),
        ("Belarus boycotted a meeting with Poland.", ["BLR > REJECT/meet > POL"]),
        ("Belarus suspended its dialogue with Poland.", ["BLR > SANCTION/discontinue > POL"]),
        ("The Dutch railway warned passengers of delays.", []),
    ],
)  # fmt: skip
def test_decisions_of_the_codebook(told: Told, text: str, lines: list[str]) -> None:
    assert told(text) == lines
