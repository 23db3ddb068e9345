"""The guides, asked as the dialog asks them: texts in the fields, and what comes of them."""
