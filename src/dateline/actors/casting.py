"""The actors of one report, built in one pass over its noun phrases in text order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ..language.clauses import phrase_span
from ..language.parse import Parse, Token
from ..records import Actor, ActorRef, Report, Span
from .drafts import Draft, current
from .equating import read_apposition, read_comma_name, read_predicate
from .joining import NATION_NOUNS, earlier_described, earlier_office_holder, earlier_surname
from .lexicon import OFFICE_SECTORS, Known, Lexicon
from .metonyms import governor, stands_for_government
from .names import Name, find_names
from .naming import add_title, is_named_body, name_draft, read_named_body, read_unknown
from .phrases import Phrase, read_phrase
from .pronouns import THIRD_PERSON, antecedent
from .report_cast import ReportCast
from .setting import Setting, read_setting

QUANTITIES = frozenset(
    "dozen dozens hundred hundreds thousand thousands million millions score scores group groups number handful crowd "
    "majority pair series most some many several both all one two three four five six seven eight nine ten none each "
    "half part percent % lot lots rest tens few any more fewer array host string kind type types dozen half".split()
)
PLACE_NOUNS = frozenset(
    "camp base border city town village district province region area site plant mine facility building territory island "
    "airport port road bridge market neighborhood neighbourhood suburb outpost checkpoint corridor position stronghold "
    "target refinery pipeline prison capital coast valley mountain county state".split()
)
GOVERNMENT_HEADS = frozenset({"government", "administration", "regime", "governments"})
PARTIAL = frozenset("regional provincial state local city municipal county district military shadow rival".split())
# Sectors whose holders belong to a state even where no word says which.
OFFICIAL = frozenset("GOV MIL COP JUD LEG SPY OPP PTY REB UAF".split())
NP_DEPS = frozenset({"compound", "amod", "nmod", "det", "punct", "case"})
MentionKind = Literal["name", "nominal", "pronoun", "metonym"]
Found = tuple[tuple[Draft, Span], ...]


class Casting:
    """The work on one report: reads each phrase once, joins it to an earlier actor or starts a new one."""

    def __init__(self, report: Report, parse: Parse, lexicon: Lexicon) -> None:
        self.report, self.parse, self.lexicon = report, parse, lexicon
        self.names: dict[int, Name] = find_names(parse, lexicon)
        self.setting: Setting = read_setting(report, parse, self.names, lexicon)
        self.drafts: list[Draft] = []
        self.by_known: dict[str, Draft] = {}
        self.found: dict[int, Found] = {}
        self.met: set[str] = set()  # words of the names met
        self.inside: set[int] = (
            set()
        )  # tokens of a role phrase that are no phrase of their own: "health" in "ministry of health"

    def run(self) -> ReportCast:
        for token in self.parse.tokens:
            if token.tag in {"PRP", "PRP$"} or self._is_head(token):
                self.read(token)
        for token in self.parse.tokens:
            if token.tag in {"WP", "WDT", "WP$"} and token.index not in self.found:
                self._read_relative(token)
        return self._finish()

    def _is_head(self, token: Token) -> bool:
        """Heads of noun phrases, and known names that stand before one ("US" in "US President Donald Trump")."""
        name = self.names.get(token.index)
        if token.dep == "npadvmod":
            return False
        if name is not None and token.index == name.last:
            if name.reading.use == "adjective" and (token.dep == "amod" or governor(token).dep in NP_DEPS):
                return False
            return token.is_noun or governor(token).dep not in NP_DEPS
        if token.is_noun or (token.dep in {"nsubj", "nsubjpass", "dobj", "pobj"} and token.tag in {"CD", "JJ", "DT"}):
            return token.index not in self.inside and governor(token).dep not in NP_DEPS
        return False

    # -- one phrase -----------------------------------------------------------------------

    def read(self, head: Token) -> Found:
        """The actors that the phrase headed by this token stands for."""
        known = self.found.get(head.index)
        if known is not None:
            return known
        self.found[head.index] = ()
        if head.tag in {"PRP", "PRP$"}:
            found = self._read_pronoun(head)
        else:
            found = self._read_nominal(head)
        self.found[head.index] = found
        return found

    def _read_nominal(self, head: Token) -> Found:
        inner = self._counted(head)
        if inner is not None:
            whole = phrase_span(self.parse, head)
            return tuple((draft, whole) for draft, _ in self.read(inner))
        name = self.names.get(head.index)
        if name is not None and name.reading.use in {"city", "capital"} and head.text in self.met:
            del self.names[head.index]  # a town's name that is a person's here
        phrase = read_phrase(self.parse, head, self.names, self.lexicon, self.met)
        if phrase.role is not None:
            self.inside.update(range(phrase.role_first, phrase.role_last + 1))
        if phrase.name is not None:
            drafts = self._read_known(phrase, phrase.name)
        elif phrase.role is not None and phrase.name_first < 0:
            drafts = self._read_described(phrase)
        elif phrase.name_first >= 0:
            drafts = read_unknown(self, phrase)
        else:
            drafts = self.read_owned(phrase)
        span = self.span(phrase)
        if drafts and (phrase.name_first >= 0 or phrase.role is not None):
            read_apposition(self, head, drafts[0])
            read_comma_name(self, phrase, drafts[0])
            read_predicate(self, head, drafts[0])
        return tuple((draft, span) for draft in drafts)

    def _counted(self, head: Token) -> Token | None:
        """ "dozens of protesters", "five of the men": the token that says who."""
        if head.lower not in QUANTITIES and head.tag != "CD":
            return None
        of = next((child for child in head.children if child.dep == "prep" and child.lower == "of"), None)
        return of.child("pobj") if of is not None else None

    def span(self, phrase: Phrase) -> Span:
        span = phrase_span(self.parse, phrase.head)
        start = min(span.start, self.parse.tokens[phrase.first].start)
        return self.parse.span(start, span.end)

    def _is_subject(self, token: Token) -> bool:
        return token.dep in {"nsubj", "nsubjpass", "agent"} or (token.dep == "pobj" and token.head.dep == "agent")

    def mention(self, draft: Draft, first: int, last: int, kind: MentionKind, index: int) -> None:
        span = self.parse.span(self.parse.tokens[first].start, self.parse.tokens[last].end)
        draft.add(span, kind, index, self._is_subject(self.parse.tokens[index]))

    def start(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        return draft

    # -- known names ----------------------------------------------------------------------

    def _read_known(self, phrase: Phrase, name: Name) -> list[Draft]:
        reading, head = name.reading, phrase.head
        use = reading.use
        if reading.known.id.startswith("region."):
            return []
        if use in {"people", "adjective"} and reading.known.kind == "country":
            return [self._people(phrase, name)] if head.dep not in NP_DEPS else []
        if use in {"capital", "seat", "city"}:
            return self._read_place(phrase, name)
        namesake = self._namesake(phrase, name)
        if namesake is not None:
            return [namesake]
        draft = self.known_draft(reading.known, name)
        self.mention(draft, name.first, name.last, "name", head.index)
        if reading.known.kind == "person":
            add_title(self, draft, phrase)
        return [draft]

    def _namesake(self, phrase: Phrase, name: Name) -> Draft | None:
        """Another state's body of the same name: "Israel's Labour Party", "the Canadian House of Commons"."""
        known = name.reading.known
        if known.kind != "body" or known.country is None:
            return None
        countries = self.countries(phrase)
        if (
            not countries
            or any(country == known.country for country, _ in countries)
            or (phrase.possessor is None and not phrase.names)
        ):
            return None
        sectors = known.on(self.report.published)[0].sectors
        return name_draft(self, phrase, name.first, name.last, "body", sectors, countries[0])

    def known_draft(self, known: Known, name: Name | None = None) -> Draft:
        """The one draft of a lexicon entry."""
        draft = self.by_known.get(known.id)
        if draft is not None:
            return current(draft)
        term, why = known.on(self.report.published)
        words = self._name_words(name) if name is not None and known.kind == "person" else tuple(known.name.split())
        if known.kind == "person":
            words = tuple(known.name.split())
        sort = known.kind if known.kind != "place" else "country"
        draft = Draft(
            sort=sort,
            name=known.name,
            named=True,
            known_as=known.id,
            country=term.country,
            code=term.code,
            sectors=term.sectors,
            role=term.role,
            gender=known.gender,
            words=words,
        )
        if term.role and not term.role.startswith("former"):
            draft.heads.add(term.role.split()[-1])
        if known.kind == "person":
            self.met.add(words[-1])
        draft.note(*(name.found_by if name is not None else (f"lexicon:{known.id}",)), why)
        self.by_known[known.id] = draft
        return self.start(draft)

    def _name_words(self, name: Name) -> tuple[str, ...]:
        return tuple(token.text for token in self.parse.tokens[name.first : name.last + 1])

    def _read_place(self, phrase: Phrase, name: Name) -> list[Draft]:
        """A capital, palace or city: its government where the sentence makes it act, else no actor."""
        use = name.reading.use
        if not stands_for_government(phrase.head, use):
            return []
        known = name.reading.known
        draft = self.known_draft(known, name)
        place = self.parse.text[self.parse.tokens[name.first].start : self.parse.tokens[name.last].end]
        draft.note(
            f"metonym: {place} stands for {known.name}" if use != "city" else f"place: {place} is in {known.name}"
        )
        self.mention(draft, name.first, name.last, "metonym", phrase.head.index)
        return [draft]

    def _people(self, phrase: Phrase, name: Name) -> Draft:
        """Nationals as people: "Syrians", "the Chinese"."""
        head, known = phrase.head, name.reading.known
        singular = name.reading.use == "people" and head.tag in {"NN", "NNP"}
        draft = Draft(
            "person" if singular else "group",
            phrase_span(self.parse, head).text,
            country=known.country,
            code=known.code,
            sectors=("CVL",),
        )
        draft.plural = not singular
        draft.heads.add(head.lower)
        draft.note(f"nationals: {head.text}", *name.found_by)
        earlier = earlier_described(self.drafts, draft, phrase, head.index)
        draft = earlier if earlier is not None else self.start(draft)
        self.mention(draft, phrase.first, head.index, "nominal", head.index)
        return draft

    # -- described actors -----------------------------------------------------------------

    def _read_described(self, phrase: Phrase) -> list[Draft]:
        """A role word at the head: "Russian forces", "the foreign minister", "a court in Bishkek"."""
        assert phrase.role is not None
        if phrase.head.lower == "military" and phrase.first == phrase.head.index:
            return []  # "military and technical cooperation"
        if is_named_body(self, phrase):
            return [read_named_body(self, phrase)]
        countries = self.countries(phrase)
        if len(countries) > 1:
            return self._describe_each(phrase, countries)
        owner = self.owner(phrase)
        if owner is None and countries:
            return [self.describe(phrase, countries[0][0], countries[0][1], None)]
        country, why = countries[0] if countries else (None, "")
        if owner is not None and country is None and owner.country is not None:
            country, why = owner.country, f"country of {owner.name}"
        return [self.describe(phrase, country, why, owner)]

    def _describe_each(self, phrase: Phrase, countries: list[tuple[str, str]]) -> list[Draft]:
        """One actor a state: "Ethiopian, Kenyan and Ugandan troops"; each adjective refers to its own."""
        drafts = []
        for country, why in countries:
            name = next(name for name in phrase.names if name.reading.known.country == country)
            draft = self.describe(phrase, country, why, None, f"{self._text_of(name)} {self.office(phrase)}")
            token = self.parse.tokens[name.last]
            self.found.setdefault(name.last, ((draft, self.parse.span(token.start, token.end)),))
            drafts.append(draft)
        return drafts

    def describe(self, phrase: Phrase, country: str | None, why: str, owner: Draft | None, label: str = "") -> Draft:
        role, head = phrase.role, phrase.head
        assert role is not None
        if country is not None and self._is_government(phrase):
            draft = self.known_draft(self.lexicon.known[f"government.{country}"])
            draft.heads.add(head.lower)
            draft.note(f"role:{role.phrase}", why)
            self.mention(draft, phrase.first, head.index, "nominal", head.index)
            return draft
        sectors, code = self.role_sectors(phrase, owner)
        sort: Literal["person", "group", "body"] = (
            "body" if role.kind == "body" else "group" if phrase.plural else "person"
        )
        words = label or self.described_words(phrase)
        draft = Draft(
            sort, words, country=country, code=code, sectors=sectors, gender=role.gender, plural=phrase.plural
        )
        draft.role = self.office(phrase) if sort == "person" else None
        draft.heads.add(head.lower)
        draft.note(f"role:{role.phrase}", why)
        if owner is not None:
            draft.note(f"side of {owner.name}")
        earlier = earlier_described(self.drafts, draft, phrase, head.index)
        if earlier is None and sort == "person" and not phrase.indefinite:
            earlier = earlier_office_holder(self.drafts, draft, phrase, head.index)
        if earlier is not None:
            earlier.note(f"coreference: {words}")
            earlier.country = earlier.country or country
            earlier.heads.add(head.lower)
            draft = earlier
        else:
            self.start(draft)
            if (
                draft.country is None
                and draft.code is None
                and (owner is None or owner.sort not in {"person", "unknown"})
                and (sectors or (owner is None and sort == "person"))
            ):
                self._country_from_setting(draft, phrase)
        last = max(head.index, phrase.role_last)
        self.mention(draft, phrase.first, last, "nominal", head.index)
        return draft

    def _country_from_setting(self, draft: Draft, phrase: Phrase) -> None:
        head = phrase.head
        if draft.sort == "person" and phrase.indefinite and "GOV" not in draft.sectors:
            return
        official = draft.sort == "body" or OFFICIAL.intersection(draft.sectors)
        draft.country, why = self.setting.country_near(head) if official else self.setting.country_around(head)
        draft.note(why)
        if draft.country is not None and self._is_government(phrase) and draft.known_as is None:
            known = f"government.{draft.country}"
            if known not in self.by_known:
                draft.known_as, draft.sort = known, "government"
                self.by_known[known] = draft

    def _is_government(self, phrase: Phrase) -> bool:
        tokens = self.parse.tokens[phrase.first : phrase.head.index]
        return (
            phrase.head.lower in GOVERNMENT_HEADS
            and not phrase.indefinite
            and not phrase.former
            and not any(token.lower in PARTIAL for token in tokens)
        )

    def described_words(self, phrase: Phrase) -> str:
        tokens = self.parse.tokens
        first = phrase.first
        while first < phrase.head.index and tokens[first].tag in {"DT", "PRP$", "PDT"}:
            first += 1
        return self.parse.text[tokens[first].start : tokens[max(phrase.head.index, phrase.role_last)].end]

    def office(self, phrase: Phrase) -> str:
        tokens = self.parse.tokens
        return self.parse.text[tokens[phrase.role_first].start : tokens[phrase.role_last].end]

    def role_sectors(self, phrase: Phrase, owner: Draft | None) -> tuple[tuple[str, ...], str | None]:
        role = phrase.role
        assert role is not None
        if phrase.former and role.kind == "person" and OFFICE_SECTORS.intersection(role.sectors):
            return ("ELI",), None
        if role.of_owner and phrase.side is not None and phrase.side.sectors:
            return phrase.side.sectors, None
        if role.sectors in {("UAF",), ("REB",)} and owner is not None and owner.known_as and owner.sort == "body":
            return owner.sectors or role.sectors, owner.code  # "Boko Haram fighters"
        if role.of_owner and owner is not None:
            return tuple(dict.fromkeys((*owner.sectors, *(() if owner.sectors else role.sectors)))), owner.code
        if role.of_owner and not role.sectors:
            return (), owner.code if owner is not None else None
        code = owner.code if owner is not None and owner.country is None else None
        return role.sectors, code

    def countries(self, phrase: Phrase) -> list[tuple[str, str]]:
        """The states whose names or adjectives modify the phrase: two for "the Russian and Venezuelan governments"."""
        found: dict[str, str] = {}
        for name in phrase.names:
            known = name.reading.known
            if known.kind in {"country", "government"} and known.country is not None:
                words = self._text_of(name)
                found.setdefault(known.country, f"country from {words!r}")
        if found:
            return list(found.items())
        for token in (phrase.possessor, phrase.whole, phrase.within):
            near = self.names.get(token.index) if token is not None else None
            if near is not None and near.reading.known.kind in {"country", "government"}:
                country = near.reading.known.country
                if country is not None:
                    return [(country, f"country from {self._text_of(near)!r}")]
        return []

    def _text_of(self, name: Name) -> str:
        return self.parse.text[self.parse.tokens[name.first].start : self.parse.tokens[name.last].end]

    def owner(self, phrase: Phrase) -> Draft | None:
        """The actor whose side, part or property the phrase is: possessor, "of" object, then a known or named modifier."""
        for token in (phrase.possessor, phrase.whole if phrase.role is not None else None):
            found = self.read(token) if token is not None else ()
            if found:
                return current(found[0][0])
        for name in phrase.names:
            if name.reading.known.kind in {"body", "person"}:
                return self.known_draft(name.reading.known, name)
        stop = phrase.role_first if phrase.role_first >= 0 else phrase.head.index
        for token in self.parse.tokens[phrase.first : stop]:
            if token.is_proper and token.index not in self.names:
                draft = earlier_surname(self.drafts, token.text)
                if draft is not None:
                    return draft
        found = self.read(phrase.whole) if phrase.whole is not None else ()
        return current(found[0][0]) if found else None

    # -- owners, appositions, pronouns ------------------------------------------------------

    def read_owned(self, phrase: Phrase) -> list[Draft]:
        """No actor itself: what it belongs to ("Iran's nuclear sites", "a Taliban convoy", "the results of the U.N. report")."""
        head = phrase.head
        if (
            head.lower in NATION_NOUNS
            and phrase.definite
            and phrase.possessor is None
            and not any(name.reading.known.country for name in phrase.names)
        ):
            return self._nation(phrase)
        countries = [name for name in phrase.names if name.reading.known.kind in {"country", "government"}]
        if countries and phrase.possessor is None:
            return list(dict.fromkeys(self._owning(name, phrase) for name in countries))
        owner = self.owner(phrase)
        if owner is None and head.lemma in PLACE_NOUNS and phrase.within is not None:
            found = self.read(phrase.within)
            owner = current(found[0][0]) if found else None
        if owner is None and countries:
            return list(dict.fromkeys(self._owning(name, phrase) for name in countries))
        if owner is None:
            owner = self._compound_owner(phrase)
        return [owner] if owner is not None else []

    def _compound_owner(self, phrase: Phrase) -> Draft | None:
        """The role noun right before the head: "an army camp", "rebel positions", "the police station"."""
        before = self.parse.tokens[phrase.head.index - 1] if phrase.first < phrase.head.index else None
        if before is None or before.dep != "compound" or before.head is not phrase.head or before.index in self.names:
            return None
        inner = read_phrase(self.parse, before, self.names, self.lexicon)
        if inner.role is None or not OFFICIAL.intersection(inner.role.sectors) or inner.name_first >= 0:
            return None
        found = self._read_described(inner)
        return found[0] if found else None

    def _owning(self, name: Name, phrase: Phrase) -> Draft:
        known = name.reading.known
        if name.reading.use == "adjective" or (known.kind == "government" and name.reading.use != "seat"):
            known = self.lexicon.known[f"country.{known.country}"]
        draft = self.known_draft(known, name)
        self.mention(draft, name.first, name.last, "name", name.last)
        draft.note(f"owner: {phrase.head.text}")
        return draft

    def _nation(self, phrase: Phrase) -> list[Draft]:
        """ "the country", "the Latin American nation": the state named last."""
        tokens, limit = self.parse.tokens, phrase.head.index
        best, draft = -1, None
        for nation in self.drafts:
            if nation.sort != "country":
                continue
            at = max(
                (at for at in nation.at if at < limit and tokens[at].dep != "compound" and tokens[at].is_noun),
                default=-1,
            )
            if at > best:
                best, draft = at, nation
        if draft is None:
            return []
        draft.note(f"coreference: {self.described_words(phrase)}")
        self.mention(draft, phrase.first, phrase.head.index, "nominal", phrase.head.index)
        return [draft]

    def _read_pronoun(self, pronoun: Token) -> Found:
        if pronoun.lower not in THIRD_PERSON:
            return ()
        won = antecedent(pronoun, self.parse, self.drafts)
        if won is None:
            return ()
        draft, at = won
        span = self.parse.span(pronoun.start, pronoun.end)
        draft.add(span, "pronoun", pronoun.index, self._is_subject(pronoun))
        draft.note(f"pronoun:{pronoun.lower}→{self.parse.tokens[at].text}")
        return ((draft, span),)

    def _read_relative(self, token: Token) -> None:
        """ "who" and "which" stand for the noun that their clause hangs on."""
        for ancestor in token.ancestors():
            if ancestor.dep == "relcl":
                found = self.found.get(ancestor.head.index, ())
                span = self.parse.span(token.start, token.end)
                self.found[token.index] = tuple((draft, span) for draft, _ in found)
                for draft, _ in found[:1]:
                    current(draft).add(span, "pronoun", token.index, False)
                return

    # -- the end ----------------------------------------------------------------------------

    def _finish(self) -> ReportCast:
        kept = [draft for draft in self.drafts if draft.merged_into is None and draft.mentions]
        kept.sort(key=lambda draft: min(draft.mentions))
        actors = {id(draft): draft.finish(self.report.id) for draft in kept}
        for name in self.names.values():
            known = name.reading.known
            if name.reading.use == "adjective" and f"country.{known.country}" in self.by_known:
                tokens = self.parse.tokens[name.first], self.parse.tokens[name.last]
                draft = self.by_known[f"country.{known.country}"]
                self.found.setdefault(name.last, ((draft, self.parse.span(tokens[0].start, tokens[1].end)),))
        refs: dict[int, tuple[ActorRef, ...]] = {}
        for index, found in self.found.items():
            if found:
                refs[index] = tuple(_refs(found, actors))
        return ReportCast(self.report.id, tuple(actors.values()), refs)


def _refs(found: Found, actors: dict[int, Actor]) -> Iterable[ActorRef]:
    seen = set()
    for draft, span in found:
        actor = actors.get(id(current(draft)))
        if actor is not None and actor.id not in seen:
            seen.add(actor.id)
            yield ActorRef(span.start, span.end, span.text, actor.id)
