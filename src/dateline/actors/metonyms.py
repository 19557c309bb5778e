"""When a capital, a palace or a city stands for a government: by what it does in the sentence, not by its name."""

from __future__ import annotations

from ..language.parse import Token
from .lexicon import Use

# Prepositions after which a place name is a place.
LOCATIVE = frozenset(
    "in at near inside outside into around across through throughout over above beyond off within beside along past "
    "toward towards via on from to of for".split()
)
# Prepositions after which a government stands, whatever the verb.
SIDES = frozenset({"between", "against", "with", "by", "among", "amongst", "without", "versus", "vis"})
# Verbs and nouns whose "on", "to", "from", "for", "of" takes a party: "pressure on Tehran", "loyal to Damascus".
RELATIONAL = frozenset(
    "pressure sanction embargo pressurise press support ally loyal loyalist opposition opponent hostile hostility "
    "blame accuse demand response answer message letter appeal concession warning threat proposal offer reply aid assistance weapons "
    "arms orders permission approval backing recognition signal independence ultimatum criticism request call ties link "
    "accountable subservient close closer close allied friendly sell supply say tell give appeal apologise apologize belong "
    "speak talk write turn report relation policy influence control help demand order ask win seek receive get expect".split()
)
NOT_ACTS = frozenset("lie be sit stand have host hold look become remain see".split())


def governor(token: Token) -> Token:
    """The token whose place in the sentence a conjunct shares."""
    for _ in range(6):
        if token.dep != "conj" or token.head is token:
            break
        token = token.head
    return token


def stands_for_government(token: Token, use: Use) -> bool:
    """True where the place does, undergoes or owns something only a government can."""
    token = governor(token)
    dep, head = token.dep, token.head
    if dep in {"nsubj", "nsubjpass"}:
        if use == "seat":
            return True
        # A town as subject is as often a team or a crowd ("Liverpool beat Chelsea"); a capital is its government.
        return use == "capital" and head.lemma not in NOT_ACTS
    if dep in {"dobj", "iobj", "dative", "oprd"}:
        return use == "seat" or head.lemma not in VISITS
    if dep == "poss":
        return use == "seat" or (use == "capital" and head.lower not in PLACE_PARTS and not head.is_proper)
    if dep == "pobj":
        preposition = head.lower
        if preposition in SIDES:
            return True
        if preposition in {"on", "to", "from", "for", "of"}:
            return head.head.lemma in RELATIONAL
        return False
    if dep in {"appos", "attr"}:
        return use == "seat"
    return False


VISITS = frozenset(
    "visit leave reach enter tour hit shake strike rock flee arrive attack bomb shell capture seize take retake control "
    "liberate besiege surround hold occupy damage flood batter devastate storm evacuate quit call make".split()
)
PLACE_PARTS = frozenset(
    "airport airports street streets suburb suburbs outskirts center centre downtown square squares port mayor university "
    "hospital hospitals prison zoo museum station stadium cathedral district districts neighborhood neighbourhood "
    "residents people police skyline population old main north south east west court courts".split()
)
