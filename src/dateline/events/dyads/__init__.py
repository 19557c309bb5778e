"""What a small encoder reads between two actors of a sentence: the type, its modality and modes, or no event at all."""

from .classifier import DyadClassifier, load_classifier
from .judgement import Judge, Judgement, Range

__all__ = ["DyadClassifier", "Judge", "Judgement", "Range", "load_classifier"]
