"""What the characters of a PDF's pages make: tables without rulings, columns like a newspaper's, paragraphs.

`readers/pdf.py` opens the file and asks. `glyphs` holds a line with its places; `textcolumns` says which page
is set in columns, `whitespace` which lines are a table, `gridrows` and `grouplabels` which lines are one row,
`paragraphs` which lines are one name. They ask `openings` what heads a table, and `passagekinds` what the
words of a line seem to be.
"""
