"""When a name or a description points to an actor already met in the report."""

from __future__ import annotations

from .drafts import Draft
from .phrases import Phrase

NATION_NOUNS = frozenset({"country", "nation", "state", "kingdom", "republic"})
# "the troops" and "the forces" are one; so are "the rebels" and "the fighters".
ARMED = frozenset({"MIL", "REB", "UAF", "COP", "CRM"})
GENERIC_BODIES = {
    "group": (),
    "organization": (),
    "organisation": (),
    "body": (),
    "movement": ("OPP", "REB", "UAF"),
    "party": ("PTY", "OPP"),
}
COMPANY_NOUNS = frozenset(
    "company firm bank airline corporation carmaker automaker manufacturer carrier maker retailer giant insurer".split()
)
PERSON_NOUNS = frozenset({"man", "woman", "boy", "girl", "person"})


def earlier_surname(drafts: list[Draft], word: str) -> Draft | None:
    """The one person whose surname this is; ``None`` when nobody's or two people's."""
    holders = [draft for draft in drafts if draft.merged_into is None and _may_be_surname(draft, word)]
    return holders[0] if len(holders) == 1 else None


def _may_be_surname(draft: Draft, word: str) -> bool:
    if draft.sort not in {"person", "unknown"} or not draft.named or not draft.words:
        return False
    return draft.words[-1] == word or (len(draft.words) >= 4 and word in draft.words[1:])


def earlier_named(drafts: list[Draft], words: tuple[str, ...], text: str, sort: str) -> tuple[Draft | None, str]:
    """The earlier actor that a proper name fits, and why."""
    live = [draft for draft in drafts if draft.merged_into is None and draft.named]
    for draft in live:
        if draft.words == words or draft.name == text or text in draft.heads:
            return draft, "coreference:name"
    if sort in {"person", "unknown"}:
        if len(words) == 1:
            holder = earlier_surname(drafts, words[0])
            if holder is not None:
                return holder, "coreference:surname"
            first = [
                draft
                for draft in live
                if draft.sort == "person" and len(draft.words) > 1 and draft.words[0] == words[0]
            ]
            if len(first) == 1:
                return first[0], "coreference:first name"
        else:
            for draft in live:
                if draft.sort in {"person", "unknown"} and _same_person(draft.words, words):
                    return draft, "coreference:fuller name"
    if sort in {"body", "unknown"}:
        short = _acronym(words)
        in_capitals = not text or text.isupper()  # what else is no acronym
        for draft in live:
            if draft.sort in {"body", "unknown"} and (
                (in_capitals and _acronym(draft.words) == text) or short == draft.name
            ):
                return draft, "coreference:acronym"
            if (
                draft.sort == "body"
                and len(words) < len(draft.words)
                and draft.words[: len(words)] == words
                and len(words) > 1
            ):
                return draft, "coreference:shorter name"
    return None, ""


def _same_person(earlier: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """ "Putin" and "Vladimir Putin", "Vladimir V. Putin" and "Vladimir Putin"; not "Raul Castro" and "Fidel Castro"."""
    if not earlier or earlier[-1] != words[-1]:
        return False
    return len(earlier) == 1 or earlier[0] == words[0]


def _acronym(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words if word[:1].isupper()) if len(words) > 1 else ""


def join_words(draft: Draft, words: tuple[str, ...], text: str) -> None:
    """Keeps the fullest name."""
    if draft.known_as is None and len(words) > len(draft.words):
        draft.words, draft.name = words, text


def earlier_described(drafts: list[Draft], new: Draft, phrase: Phrase, index: int) -> Draft | None:
    """The actor that a description repeats: same head noun, no contrary country, not introduced as new."""
    if phrase.indefinite:
        return None
    head = phrase.head.lower
    best: tuple[int, Draft] | None = None
    for draft in drafts:
        if draft.merged_into is not None or draft.sort == "country" or not _compatible(draft, new):
            continue
        if not _says_same(draft, new, phrase, head):
            continue
        at = draft.last_at(index)
        if at >= 0 and (best is None or at > best[0]):
            best = (at, draft)
    return best[1] if best is not None else None


def _compatible(draft: Draft, new: Draft) -> bool:
    if new.country is not None and draft.country is not None and new.country != draft.country:
        return False
    if new.code != draft.code and new.code and draft.code:
        return False
    if draft.gender and new.gender and draft.gender != new.gender:
        return False
    return draft.plural == new.plural


def _says_same(draft: Draft, new: Draft, phrase: Phrase, head: str) -> bool:
    if draft.sort == "person" and new.sort == "person":
        if head not in draft.heads:
            return False
        return phrase.definite and (not phrase.qualified or draft.country == new.country)
    if head in draft.heads and draft.sort == new.sort:
        if draft.country == new.country:
            return (
                not phrase.qualified
                or draft.name.lower() == new.name.lower()
                or (new.country is not None and not draft.named)
            )
        return phrase.definite and not phrase.qualified
    if not phrase.definite or phrase.qualified:
        return False
    if draft.sort == "group" and new.sort == "group":
        return bool(draft.sectors and draft.sectors == new.sectors and draft.sectors[0] in ARMED)
    if draft.sort == "body" and draft.named:
        if head in GENERIC_BODIES:
            wanted = GENERIC_BODIES[head]
            return not wanted or bool(set(wanted) & set(draft.sectors))
        return head in COMPANY_NOUNS and draft.sectors[:1] == ("BUS",)
    return False


def earlier_office_holder(drafts: list[Draft], new: Draft, phrase: Phrase, index: int) -> Draft | None:
    """ "the Russian president" is the person whom the report or the lexicon calls president of Russia."""
    if not (phrase.definite or phrase.names or phrase.possessor or phrase.whole):
        return None
    role = (new.role or "").lower()
    best: tuple[int, Draft] | None = None
    for draft in drafts:
        if draft.merged_into is not None or draft.sort != "person" or not draft.named or draft.role is None:
            continue
        held = draft.role.lower()
        if held.startswith("former") and not phrase.former:
            continue
        if held != role and not (held.endswith(" " + role) and not phrase.qualified):
            continue
        if new.country is not None and draft.country != new.country:
            continue
        at = draft.last_at(index)
        if at >= 0 and (best is None or at > best[0]):
            best = (at, draft)
    return best[1] if best is not None else None
