"""Patterns put together from word lists: the lists speak the field's language, the pattern is the grammar.

A list is one string, its words set apart by spaces, so that it reads as what it is; a word may be a small
pattern itself. Words stand in a pattern in the order of the lists: of two that begin alike the first that
leads to a match is taken, which matters where a repeat is possessive (`*+`).
"""


def either(*lists: str) -> str:
    """One of the words of these lists, as a group: `either("甲 乙", "丙")` is `(?:甲|乙|丙)`."""
    return f"(?:{'|'.join(word for words in lists for word in words.split())})"
