"""What a heading says about the names below it, and the words it is made of."""
