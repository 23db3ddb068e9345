"""How the program looks: colours, letters, sizes, and the marks of the language."""
