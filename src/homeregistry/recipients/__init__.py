"""Who is it? Names, what makes two of them two units, likeness, codes and decisions."""
