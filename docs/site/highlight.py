"""Colours for code: pde by a lexer of its own, the rest by Pygments."""

import html
import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import RegexLexer, words
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, Text
from pygments.util import ClassNotFound


def reserved_words(grammar):
    """The words of the language, as grammar/PdeLexer.g4 has them: those that
    are reserved, and those that mean something in their place only."""
    text = grammar.read_text(encoding="utf-8")
    found = re.findall(r"^\w+\s*: '([a-z]+)' ;", text, re.M)
    return sorted(found, key=len, reverse=True)


class PdeLexer(RegexLexer):
    """Made once the grammar's words are known."""
    name = "pde"

    @staticmethod
    def of(grammar):
        PdeLexer.tokens = {"root": [
            (r"#.*?$", Comment),
            (words(reserved_words(grammar), prefix=r"\b", suffix=r"\b"),
             Keyword),
            (r"\b[123]d\b", Keyword),
            (r"(\d+\.\d+|\.\d+|\d+)([eE][+-]?\d+)?", Number),
            (r"(\w+)(?=\()", Name.Function),
            (r"[^\W\d]\w*", Name),
            (r"->|\.\.|[-+*/^<>=!']+", Operator),
            (r"\s+|.", Text),
        ]}
        return PdeLexer()


class Highlighter:
    def __init__(self, root):
        self.pde = PdeLexer.of(root / "grammar" / "PdeLexer.g4")
        self.formatter = HtmlFormatter(nowrap=True)

    def lexer(self, word):
        if word.startswith("pde"):
            return self.pde
        try:
            return get_lexer_by_name({"mlir": "llvm"}.get(word, word))
        except ClassNotFound:
            return None

    def block(self, text, word):
        """A <pre> of `text`; `word` says which language it is in."""
        lexer = self.lexer(word) if word else None
        code = highlight(text, lexer, self.formatter) if lexer else \
            html.escape(text, quote=False)
        return '<pre tabindex="0"><code>%s</code></pre>\n' % code
