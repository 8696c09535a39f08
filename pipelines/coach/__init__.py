"""What a coach gets to see of members: the overview, the sheets for conversations, and their mail.

Belongs here: everything that is made from report.json documents alone, whether they lie in this installation or were sent by members
from elsewhere. Nothing here reads a table, an export or members.toml, and every sentence speaks of the member in the third person.
"""
