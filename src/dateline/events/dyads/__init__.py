"""What a small encoder reads between two actors of a sentence: the type, its modality and modes, or no event at all."""

from .classifier import DyadClassifier, load_classifier
from .judgement import Judge, Judgement

__all__ = ["DyadClassifier", "Judge", "Judgement", "load_classifier"]
