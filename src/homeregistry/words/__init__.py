"""What people read for codes, figures and findings, in the language spoken: one wording for every surface."""
