"""When and where: the time and place words that the tree ties to an act, or the reason why there are none."""

from __future__ import annotations

from datetime import date, timedelta

from ..language import Parse, Token
from ..records import EventDate, Place, Report, Statement, Timex
from .acts import Act
from .modality import predicate_of

# Relations by which an act stands below the verb that carries the time words: "in January, took the lead in recognizing".
_CHAIN = frozenset(
    {
        "xcomp",
        "pcomp",
        "prep",
        "dobj",
        "advcl",
        "acl",
        "conj",
        "pobj",
        "nsubj",
        "nsubjpass",
        "acomp",
        "attr",
        "oprd",
        "agent",
        "appos",
    }
)
_LOCATIVE = frozenset(
    "in at near outside inside around across on off over from to into toward towards through along north south east west of".split()
)
MAX_CLIMB = 7


class Clock:
    """The timexes and places of one report by the tokens that they cover."""

    def __init__(
        self, report: Report, parse: Parse, times: tuple[Timex, ...], places: tuple[Place, ...], cues: set[int]
    ) -> None:
        self.report = report
        self.cues = cues  # indices of statement cue words: their time is the time of speaking
        self._times: list[tuple[Token, Timex]] = []
        for timex in times:
            if timex.type in {"DURATION", "SET"}:
                continue
            covered = parse.tokens_in(timex.start, timex.end)
            if covered:
                self._times.append((_top(covered), timex))
        self._places: list[tuple[Token, Place]] = []
        for place in places:
            for mention in place.mentions:
                covered = parse.tokens_in(mention.start, mention.end)
                if covered:
                    self._places.append((_top(covered), place))

    def date_of(self, act: Act) -> tuple[EventDate | None, Timex | None, str | None]:
        """The date of an act, the time words behind it, and the reason where it is not exact."""
        best: tuple[int, int, Timex] | None = None
        sentence = act.head.sentence
        for token, timex in self._times:
            if token.sentence is not sentence:
                continue
            distance = self._distance(token, act)
            if distance is None:
                continue
            rank = (distance, abs(token.index - act.head.index))
            if best is None or rank < best[:2]:
                best = (*rank, timex)
        if best is not None:
            timex = best[2]
            date_ = EventDate(timex.value, timex.earliest, timex.latest, timex.id)
            return date_, timex, timex.reason
        return self._bounded(act)

    def _bounded(self, act: Act) -> tuple[EventDate | None, Timex | None, str | None]:
        published = self.report.published
        if published is None:
            return None, None, "no date in the clause, and no publication date was given or found"
        if act.modality in {"future", "hypothetical"} and "intend" not in act.operators:
            return None, None, "no date in the clause; the act is not said to have happened"
        return (
            EventDate(None, None, published[:10], None), None,
            "no date in the clause; it happened on the day of publication or before",
        )  # fmt: skip

    def _distance(self, time: Token, act: Act) -> int | None:
        """Steps in the tree from the act up to the verb that the time words hang on; None when they are not connected."""
        anchor = _anchor(time)
        token = act.head
        heads = {each.index for each in act.trigger} | {predicate_of(act.head).index}
        for step in range(MAX_CLIMB):
            if anchor is token or (anchor.index in heads and step == 0):
                return step
            if token.head is token or token.dep not in _CHAIN:
                return None
            if token.head.index in self.cues and token.head.index not in heads:
                return None
            token = token.head
        return None

    def place_of(self, act: Act, taken: set[int]) -> tuple[Place | None, Token | None, str | None]:
        """Where it happened: the finest place below the act's own words, then below the verb that carries it."""
        roots = [act.head, *act.trigger, predicate_of(act.head)]
        if act.inner is not None:
            roots.extend(act.inner.trigger)
        best: tuple[int, int, Place, Token] | None = None
        for token, place in self._places:
            if token.sentence is not act.head.sentence or place.precision is None or not _located(token):
                continue
            steps = _steps_below(token, roots, self.cues)
            if steps is None or (token.index in taken and place.precision == "country"):
                continue
            rank = (_COARSE[place.precision], steps)
            if best is None or rank < best[:2]:
                best = (*rank, place, token)
        if best is None:
            return None, None, "no place is named in the clause"
        return best[2], best[3], None


_COARSE = {"point": 0, "city": 0, "admin": 1, "country": 2}


def _top(tokens: list[Token]) -> Token:
    """The token of a phrase whose head stands outside it."""
    inside = {token.index for token in tokens}
    for token in tokens:
        if token.head is token or token.head.index not in inside:
            return token
    return tokens[0]


def _anchor(token: Token) -> Token:
    """The verb or noun that time words modify, prepositions passed over."""
    while token.head is not token and (
        token.dep in {"pobj", "pcomp", "prep", "npadvmod", "nummod", "compound", "amod", "det"} or not _content(token)
    ):
        if token.dep == "npadvmod" or (token.dep in {"prep", "advmod"} and _content(token.head)):
            return token.head
        token = token.head
        if _content(token) and token.dep not in {"pobj", "pcomp"}:
            return token
    return token.head if token.dep in {"npadvmod", "advmod", "nsubj", "tmod"} else token


def _content(token: Token) -> bool:
    return token.is_verb or token.is_noun


def _located(token: Token) -> bool:
    """The place stands in a phrase of place, or inside one: "to Venezuela's main airport outside the capital Caracas"."""
    for _ in range(5):
        if token.dep == "pobj" and token.head.lower in _LOCATIVE:
            return True
        if token.dep in {"poss", "compound", "appos", "pobj", "nmod", "conj"} and token.head is not token:
            token = token.head
            if token.tag == "IN" and token.dep == "prep":
                if token.lower in _LOCATIVE:
                    return True
                token = token.head
        else:
            return False
    return False


def _steps_below(token: Token, roots: list[Token], cues: set[int]) -> int | None:
    wanted = {root.index for root in roots}
    for steps in range(9):
        if token.index in wanted:
            return steps
        if token.head is token or token.dep in {"ccomp", "relcl"} or (token.index in cues and steps):
            return None
        token = token.head
    return None


def is_past(event_date: EventDate | None, published: str | None, days: int = 366) -> bool:
    """True when the act lies more than ``days`` before publication: PLOVER's "historical"."""
    if event_date is None or event_date.latest is None or published is None or event_date.timex is None:
        return False
    try:
        return date.fromisoformat(event_date.latest[:10]) < date.fromisoformat(published[:10]) - timedelta(days=days)
    except ValueError:
        return False


def carrier(statements: tuple[Statement, ...], start: int, end: int) -> Statement | None:
    """The innermost statement whose content holds these words."""
    best: Statement | None = None
    size = 0
    for statement in statements:
        for span in statement.content:
            if span.start <= start and end <= span.end:
                length = sum(each.end - each.start for each in statement.content)
                if best is None or length < size:
                    best, size = statement, length
                break
    return best
