"""Pictures of counts, as SVG and in the terminal."""
