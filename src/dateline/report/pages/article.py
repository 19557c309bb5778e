"""Where on a page the story is: the part that holds it, and the blocks in it that belong to it.

What trafilatura keeps votes for blocks; the page's own names and links speak against them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate

from .asides import apartness, is_never_story, leads_away, opens_links
from .layout import HEADINGS, Block, Layout

# A shorter block is no prose, and a middling one only where it ends like a sentence.
PROSE_WORDS = 10
SURE_PROSE_WORDS = 25
_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
# A part that holds more of the page's prose than this is not left out for its name; menus and comments may hold more.
MOST_APART = 0.3
MOST_NEVER = 0.95
# How much a block without a vote counts in the search for the story, and one that is unlike those found.
NO_VOTE = 0.4
# The vote of prose where nobody votes.
NO_OPINION = 0.5
ALIKE, UNLIKE = 0.7, 0.05
# A block longer than this is a copy of the story without its paragraphs, for other programs.
MOST_COUNTED = 150
# How far out from a block its words count, and what each step takes of them.
STEPS, STEP_SHARE = 4, 0.7
# What a wider part must add: a share of the story so far, and so much for each word of other things.
LEAST_MORE, LEAST_WORDS, MORE_THAN_OTHER = 0.1, 15.0, 0.7
MOST_WIDENINGS = 40
# The end of a story: so few blocks of prose follow.
LAST_BLOCKS = 5
TAIL_SHARE = 0.3
_TAIL = frozenset(("p", "li", "tr"))
# What holds a paragraph, an entry or a row, and never a whole story.
_PARAGRAPHS = HEADINGS | {"p", "li", "dt", "dd", "tr", "blockquote", "pre", "figure"}
_BARE = frozenset(("div", "section", "article", "center", "figure"))
_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"[^\W_]+")

Runs = list[int]


@dataclass(slots=True)
class Judged:
    """A page with what is known of each block: its ``vote`` from 0 to 1, and 2, 1 or 0 for how plainly it stands apart."""

    page: Layout
    votes: list[float]
    apart: list[int]
    _runs: dict[int, Runs] = field(default_factory=dict)

    def runs(self, number: int) -> Runs:
        if number not in self._runs:
            self._runs[number] = runs(self.page.blocks[number].text)
        return self._runs[number]

    def kind(self, block: Block) -> tuple[str, str, str]:
        """What the block is made of: its tag, and what is around it."""
        parts = self.page.parts
        around = parts[max(parts[block.part].within, 0)]
        return block.tag, around.tag, around.element.get("class") or ""


def judge(page: Layout, text: str) -> Judged:
    """What speaks for and against each block; ``text`` is what others take for the story."""
    found = Judged(page, [], [0] * len(page.blocks))
    known = set(runs(text))
    lines = {line.strip(" -|") for line in text.splitlines()}
    for number, block in enumerate(page.blocks):
        own = found.runs(number)
        vote = sum(run in known for run in own) / len(own) if own else float(block.text in lines)
        found.votes.append(vote if known or not is_prose(block) else NO_OPINION)
    _leave_parts(found)
    _leave_other_articles(found)
    return found


def _leave_parts(found: Judged) -> None:
    """Parts stand apart by their names, unless they hold much of the prose; menus and what readers wrote, even if they do."""
    page = found.page
    prose = [block.words if is_prose(block) else 0 for block in page.blocks]
    everything = sum(prose)
    for part in page.parts:
        if is_never_story(part.element) and sum(prose[part.first : part.end]) <= MOST_NEVER * everything:
            found.apart[part.first : part.end] = [2] * (part.end - part.first)
            prose[part.first : part.end] = [0] * (part.end - part.first)
    sums = [0, *accumulate(prose)]
    for part in page.parts:
        if part.end > part.first and sums[part.end] - sums[part.first] <= MOST_APART * sums[-1]:
            level = apartness(part.element)
            for number in range(*part.run) if level else ():
                found.apart[number] = max(found.apart[number], level)
    for number, block in enumerate(page.blocks):
        around = page.outward(block.part)[:STEPS] if found.apart[number] == 1 else []
        if any(page.parts[part].tag in ("blockquote", "pre") for part in around):
            found.apart[number] = 0


def _leave_other_articles(found: Judged) -> None:
    """Where some articles of a page have votes, those without any are teasers of others."""
    page = found.page
    articles = [part for part in page.parts if part.tag == "article" and part.end > part.first]
    shares = [_mean_vote(found, *part.run) for part in articles]
    if max(shares, default=0.0) > 0.5:
        for part, share in zip(articles, shares, strict=True):
            if share < 0.1:
                found.apart[part.first : part.end] = [2] * (part.end - part.first)


def _mean_vote(found: Judged, first: int, end: int) -> float:
    words = sum(found.page.blocks[n].words for n in range(first, end))
    return sum(found.page.blocks[n].words * found.votes[n] for n in range(first, end)) / words


def is_prose(block: Block) -> bool:
    """The block is long enough for a sentence, mostly not linked, and ends like one or is longer still."""
    if block.words < PROSE_WORDS or block.link_share >= 0.5:
        return False
    return block.words >= SURE_PROSE_WORDS or bool(_SENTENCE_END.search(block.text))


def find_story(found: Judged) -> int:
    """The number of the part that holds the story: where the prose is densest, widened while what is added is more of it."""
    page = found.page
    scores = [0.0] * len(page.parts)
    known: set[int] = set()
    for number, block in enumerate(page.blocks):
        if is_prose(block) and found.apart[number] < 2 and not _is_known(found, number, known):
            known.update(found.runs(number))
            words = min(block.words, MOST_COUNTED) * (1 - block.link_share)
            share = words * (NO_VOTE + (1 - NO_VOTE) * found.votes[number])
            holders = [part for part in page.outward(block.part) if page.parts[part].tag not in _PARAGRAPHS]
            for part in holders[:STEPS]:
                scores[part] += share
                share *= STEP_SHARE
    best = scores.index(max(scores))
    widenings = 0
    for part in page.outward(best)[1:]:
        if page.parts[part].run != page.parts[best].run and widenings < MOST_WIDENINGS:
            widenings += 1
            best = part if _is_more(found, best, part) else best
    return best


def _is_more(found: Judged, inner: int, outer: int) -> bool:
    """What the outer part adds is more of the same story."""
    page = found.page
    (first, end), (outer_first, outer_end) = page.parts[inner].run, page.parts[outer].run
    within = [n for n in range(first, end) if is_prose(page.blocks[n])]
    known = {run for n in within for run in found.runs(n)}
    kinds = {found.kind(page.blocks[n]) for n in within}
    tags = {page.blocks[n].tag for n in within}
    own = sum(page.blocks[n].words for n in within if found.apart[n] < 2)
    more = other = 0.0
    for number in [*range(outer_first, first), *range(end, outer_end)]:
        block = page.blocks[number]
        if found.apart[number] == 2 or not is_prose(block):
            other += block.words * (1.0 if block.link_share > 0.5 else 0.3)
        elif not _is_known(found, number, known):
            beside = block.tag in tags and page.parts[block.part].within == outer
            alike = ALIKE if beside or found.kind(block) in kinds else UNLIKE
            more += block.words * max(found.votes[number], alike) * (1 - block.link_share)
    return more > max(LEAST_WORDS, LEAST_MORE * own) and more > MORE_THAN_OTHER * other


def _is_known(found: Judged, number: int, known: set[int]) -> bool:
    """The block says again what was said: pages hold hidden copies of their text for other programs."""
    own = found.runs(number)
    return bool(own) and 2 * sum(run in known for run in own) >= len(own)


def choose(found: Judged, story: int, titles: set[str]) -> list[int]:
    """The numbers of the blocks in the part that are the story; ``titles`` are the headline's forms (see ``plain``)."""
    page = found.page
    first, end = page.parts[story].run
    kinds = {found.kind(page.blocks[n]) for n in range(first, end) if is_prose(page.blocks[n]) and found.votes[n] > 0.5}
    prose = sum(is_prose(page.blocks[n]) and found.apart[n] < 2 for n in range(first, end))
    kept: list[int] = []
    in_links = False
    for number in range(first, end):
        block = page.blocks[number]
        prose -= is_prose(block) and found.apart[number] < 2
        if found.apart[number] == 2 or plain(block.text) in titles:
            continue
        if opens_links(block) and not is_prose(block):
            in_links = True
            continue
        in_links = in_links and _is_entry(block)
        if not in_links and not _is_aside(found, number, kinds, at_end=prose < LAST_BLOCKS):
            kept.append(number)
    return _without_ends(found, kept)


def _is_entry(block: Block) -> bool:
    """An entry of a list of links: mostly linked, or a list item that is partly; or a word or two between entries."""
    if block.linked >= 3:
        return block.link_share > 0.3 or block.tag == "li"
    return block.words <= 3


def _is_aside(found: Judged, number: int, kinds: set[tuple[str, str, str]], *, at_end: bool) -> bool:
    """A line that leads away from the story, or that its place in the page makes unlikely to be of it."""
    block, vote = found.page.blocks[number], found.votes[number]
    if leads_away(block, at_end=at_end):
        return True
    if block.link_share > 0.8 and block.words >= 5:
        return True
    if vote >= 0.5:
        return False
    if found.apart[number] == 1:
        return True
    return not is_prose(block) and block.tag in _BARE and not block.broken and found.kind(block) not in kinds


def _without_ends(found: Judged, kept: list[int]) -> list[int]:
    """From the first sure block to the last and the plain paragraphs and entries right after it, but no heading at the end."""
    blocks = found.page.blocks
    sure = [n for n in kept if is_prose(blocks[n]) or found.votes[n] > 0.5]
    if not sure:
        return []
    story = [n for n in kept if sure[0] <= n <= sure[-1]]
    for number in kept[kept.index(sure[-1]) + 1 :]:
        if blocks[number].tag not in _TAIL or blocks[number].link_share > TAIL_SHARE:
            break
        story.append(number)
    while story and blocks[story[-1]].tag in HEADINGS:
        story.pop()
    return story


def runs(text: str) -> Runs:
    """The text's words, four at a time; of three words or fewer none."""
    words = _WORD.findall(text)
    return [hash(four) for four in zip(words, words[1:], words[2:], words[3:], strict=False)]


def plain(text: str) -> str:
    """Letters and figures alone, in lower case: two forms of a headline that differ in their stops are the same."""
    return " ".join(_PLAIN.findall(text.lower()))
