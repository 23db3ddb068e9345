"""What the checks say: the findings with their rules, and the sheet of everything that can be checked."""
