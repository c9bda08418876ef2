"""Markdown, as GitHub shows it, to HTML."""

import html
import os
import re

from markdown_it import MarkdownIt


def anchor(title, taken):
    """GitHub's name for a heading; `taken` counts those of the page."""
    name = re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
    number = taken.get(name, 0)
    taken[name] = number + 1
    return "%s-%d" % (name, number) if number else name


def plain_text(inline):
    return "".join(child.content for child in inline.children
                   if child.type in ("text", "code_inline"))


class Markup:
    """`targets` leads from files of the sources to pages, both as paths from
    the root; what is in `copied` is copied as it is. Links to anything else
    that the sources have become plain text."""

    def __init__(self, root, highlighter, targets, copied):
        self.root, self.highlighter = root, highlighter
        self.targets, self.copied = targets, copied
        self.parser = MarkdownIt("commonmark").enable("table")
        self.parser.renderer.rules["fence"] = self.fence
        self.parser.renderer.rules["image"] = self.image

    def fence(self, tokens, index, options, env):
        token = tokens[index]
        word = token.info.split()[0] if token.info.strip() else ""
        return self.highlighter.block(token.content, word)

    @staticmethod
    def image(tokens, index, options, env):
        token = tokens[index]
        address = html.escape(token.attrs["src"])
        return '<a class="picture" href="%s"><img src="%s" alt="%s" ' \
            'loading="lazy"></a>' % (address, address,
                                     html.escape(token.content))

    def resolve(self, page, address):
        """The address of a link on `page`, or None for plain text."""
        if re.match(r"[a-z]+:|#", address):
            return address
        path, mark, part = address.partition("#")
        source = os.path.normpath(os.path.join(os.path.dirname(page), path))
        if source in self.targets:
            target = self.targets[source]
        elif source in self.copied:
            target = source
        elif (self.root / source).exists():
            return None
        else:
            raise SystemExit("%s: there is no %s" % (page, address))
        here = os.path.dirname(self.targets[page])
        return os.path.relpath(target, here or ".") + mark + part

    def turn_links(self, page, children):
        dropped = []
        for token in children:
            if token.type == "link_open":
                address = self.resolve(page, token.attrs["href"])
                dropped.append(address is None)
                token.attrs["href"] = address or ""
            if token.type == "image":
                token.attrs["src"] = self.resolve(page, token.attrs["src"])
            if token.type in ("link_open", "link_close") and dropped[-1]:
                token.type, token.tag, token.content = "text", "", ""
                token.nesting = 0
        return children

    def convert(self, page, text):
        """Returns the HTML of a page and its headings: (level, anchor, text)."""
        tokens, headings, taken = self.parser.parse(text), [], {}
        for index, token in enumerate(tokens):
            if token.type == "inline":
                self.turn_links(page, token.children)
            if token.type == "heading_open":
                title = plain_text(tokens[index + 1])
                name = anchor(title, taken)
                token.attrs["id"] = name
                headings.append((int(token.tag[1]), name, title))
        body = self.parser.renderer.render(tokens, self.parser.options, {})
        return body.replace("<table>", '<div class="wide" tabindex="0"><table>') \
            .replace("</table>", "</table></div>"), headings
